<?php
/**
 * Drives a real WordPress for test.sh: `php drive.php SITE VERB …`, in WordPress itself, as an editor's click would.
 *
 * @package TTS_News
 */

// phpcs:disable -- a script of the tests.
$_SERVER += array( 'HTTP_HOST' => parse_url( getenv( 'HOME_URL' ), PHP_URL_HOST ) . ':' . parse_url( getenv( 'HOME_URL' ), PHP_URL_PORT ), 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1' );
[ , $site, $verb ] = $argv;
$given = array_slice( $argv, 3 );
if ( 'install' === $verb ) {
	define( 'WP_INSTALLING', true );
}
define( 'WP_ADMIN', true );
require "$site/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/admin.php';
error_reporting( E_ALL );
set_error_handler( static function ( int $level, string $message, string $file, int $line ): bool {
	if ( str_contains( $file, 'plugins/tts-news' ) ) {
		fwrite( STDERR, "$message in $file:$line\n" );
		exit( 1 );
	}
	return false;
} );
if ( 'install' !== $verb ) {
	wp_set_current_user( 1 );
}
$verbs = array(
	'install'  => static function (): string {
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		wp_install( 'أخبار الحي', 'editor', 'editor@press.example', true, '', 'a password of the test', 'ar' );
		update_option( 'home', getenv( 'HOME_URL' ) );
		update_option( 'siteurl', getenv( 'HOME_URL' ) );
		update_option( 'WPLANG', 'ar' );
		$GLOBALS['wp_rewrite']->set_permalink_structure( '/%postname%/' );
		$GLOBALS['wp_rewrite']->flush_rules( false );
		return get_bloginfo( 'version' );
	},
	'activate' => static function (): string {
		$fault = activate_plugin( 'tts-news/tts-news.php' );
		return is_wp_error( $fault ) ? $fault->get_error_message() : 'active';
	},
	'theme'    => static function ( string $name ): string {
		switch_theme( $name );
		return get_stylesheet();
	},
	'set'      => static function ( string ...$pairs ): string {
		parse_str( implode( '&', $pairs ), $form );
		// As the page sends it: the sanitising is what is tried.
		TTS_News\Settings::add_setting();
		$kept = (array) get_option( 'tts_news', array() );
		update_option( 'tts_news', $form['tts_news'] + array( 'types' => $kept['types'] ?? array( 'post' ), 'automatic' => '1' ) );
		return (string) wp_json_encode( get_option( 'tts_news' ), JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES );
	},
	'publish'  => static function ( string $title, string $text, string $status = 'publish' ): string {
		$category = wp_insert_term( 'محليات', 'category' );
		$category = is_wp_error( $category ) ? get_term_by( 'name', 'محليات', 'category' )->term_id : $category['term_id'];
		return (string) wp_insert_post( array( 'post_title' => $title, 'post_content' => $text, 'post_status' => $status, 'post_author' => 1, 'post_category' => array( $category ) ), true );
	},
	'update'   => static fn( string $id, string $text ): string => (string) wp_update_post( array( 'ID' => (int) $id, 'post_content' => $text ), true ),
	'touch'    => static fn( string $id ): string => (string) wp_update_post( array( 'ID' => (int) $id ), true ),
	'status'   => static fn( string $id, string $status ): string => (string) wp_update_post( array( 'ID' => (int) $id, 'post_status' => $status ), true ),
	'trash'    => static fn( string $id ): string => wp_trash_post( (int) $id )->post_status,
	'delete'   => static fn( string $id ): string => wp_delete_post( (int) $id, true ) ? 'deleted' : 'kept',
	'meta'     => static function ( string $id, string $name ): string {
		wp_cache_flush();
		return ( TTS_News\Article::find( (int) $id ) ?? throw new RuntimeException( 'no such post' ) )->get( $name );
	},
	'stated'   => static fn( string $id ): string => (string) wp_json_encode( TTS_News\Article::find( (int) $id )->stated(), JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES ),
	'address'  => static fn( string $id ): string => (string) get_permalink( (int) $id ),
	'page'     => static function ( string $language ): string {
		if ( 'en' === $language ) { // The site is Arabic: its words are loaded already.
			unload_textdomain( 'tts-news' );
		}
		ob_start();
		TTS_News\Settings::show_page();
		return (string) ob_get_clean();
	},
	'box'      => static function ( string $id ): string {
		ob_start();
		TTS_News\Editor::show_box( get_post( (int) $id ) );
		return (string) ob_get_clean();
	},
	'planned'  => static fn( string $id ): string => (string) ( wp_next_scheduled( 'tts_news_send', array( (int) $id ) ) - time() ),
	'now'      => static function ( string $id ): string {
		wp_clear_scheduled_hook( 'tts_news_send', array( (int) $id ) );
		do_action( 'tts_news_send', (int) $id );
		return 'sent';
	},
	'uninstall' => static function (): string {
		deactivate_plugins( 'tts-news/tts-news.php' );
		uninstall_plugin( 'tts-news/tts-news.php' );
		global $wpdb;
		wp_cache_flush();
		$left = (int) $wpdb->get_var( "SELECT count(*) FROM $wpdb->postmeta WHERE meta_key LIKE '%tts\_news%'" )
			+ (int) $wpdb->get_var( "SELECT count(*) FROM $wpdb->options WHERE option_name LIKE '%tts\_news%' OR (option_name = 'cron' AND option_value LIKE '%tts\_news%')" );
		return "$left left";
	},
);
$said = $verbs[ $verb ]( ...$given );
echo $said, "\n";
