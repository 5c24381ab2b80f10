<?php
/**
 * Leaves nothing behind: settings, what is known of posts' audio, plans.
 *
 * Editions stay at the server: listeners have them.
 *
 * @package TTS_News
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/** Clean one site. */
function tts_news_clean_site(): void {
	global $wpdb;
	delete_option( 'tts_news' );
	foreach ( array( '_tts_news_' => $wpdb->postmeta ) as $prefix => $table ) {
		// phpcs:ignore WordPress.DB -- there is no call that deletes by prefix.
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$table} WHERE meta_key LIKE %s", $wpdb->esc_like( $prefix ) . '%' ) );
	}
	foreach ( array( '_transient_tts_news_', '_transient_timeout_tts_news_' ) as $prefix ) {
		// phpcs:ignore WordPress.DB
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->options} WHERE option_name LIKE %s", $wpdb->esc_like( $prefix ) . '%' ) );
	}
	wp_unschedule_hook( 'tts_news_send' );
	wp_unschedule_hook( 'tts_news_look' );
	wp_cache_flush();
}

if ( is_multisite() ) {
	foreach ( get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) as $tts_news_site ) { // phpcs:ignore WordPress.Arrays
		switch_to_blog( $tts_news_site );
		tts_news_clean_site();
		restore_current_blog();
	}
} else {
	tts_news_clean_site();
}
