<?php
/**
 * What an editor sees of a post's audio: a box beside the post, a column in the list.
 *
 * @package TTS_News
 */

namespace TTS_News;

defined( 'ABSPATH' ) || exit;

/** The editor's side. */
final class Editor {

	/** Hook into WordPress. */
	public static function register(): void {
		add_action( 'add_meta_boxes', array( self::class, 'add_box' ) );
		add_action( 'save_post', array( self::class, 'save_box' ), 5 );
		add_action( 'admin_post_tts_news_again', array( self::class, 'send_again' ) );
		foreach ( (array) Settings::get( 'types' ) as $type ) {
			add_filter( "manage_{$type}_posts_columns", array( self::class, 'add_column' ) );
			add_action( "manage_{$type}_posts_custom_column", array( self::class, 'show_column' ), 10, 2 );
		}
	}

	/** Put the box beside every kind of post that is spoken. */
	public static function add_box(): void {
		add_meta_box( 'tts-news', __( 'Audio', 'tts-news' ), array( self::class, 'show_box' ), (array) Settings::get( 'types' ), 'side' );
	}

	/**
	 * Return a state in words.
	 *
	 * @param string $state As it is kept.
	 */
	private static function word( string $state ): string {
		$words = array(
			''          => __( 'None', 'tts-news' ),
			'waiting'   => __( 'Waits to be sent', 'tts-news' ),
			'queued'    => __( 'Is being made', 'tts-news' ),
			'done'      => __( 'Ready', 'tts-news' ),
			'failed'    => __( 'Failed', 'tts-news' ),
			'withdrawn' => __( 'Withdrawn', 'tts-news' ),
		);
		return $words[ $state ] ?? $words[''];
	}

	/**
	 * Print the box.
	 *
	 * @param \WP_Post $post The post.
	 */
	public static function show_box( \WP_Post $post ): void {
		$article = new Article( $post );
		wp_nonce_field( 'tts_news_box_' . $post->ID, 'tts_news_nonce' );
		printf( '<p>%s <strong>%s</strong></p>', esc_html__( 'State:', 'tts-news' ), esc_html( self::word( $article->get( 'state' ) ) ) );
		if ( '' !== $article->get( 'fault' ) ) {
			printf( '<p role="alert" dir="auto">%s</p>', esc_html( $article->get( 'fault' ) ) );
		}
		if ( '' !== $article->get( 'page' ) ) {
			$seconds = (int) round( (float) $article->get( 'duration' ) );
			printf( '<p><a href="%s" target="_blank" rel="noopener">%s</a> <span dir="ltr">%d:%02d</span></p>', esc_url( $article->get( 'page' ) ), esc_html__( 'Open the episode', 'tts-news' ), (int) intdiv( $seconds, 60 ), (int) ( $seconds % 60 ) );
		}
		if ( Settings::get( 'automatic' ) ) {
			printf( '<p><label><input type="checkbox" name="tts_news_skip" value="1" %s> %s</label></p>', checked( $article->get( 'skip' ), '1', false ), esc_html__( 'No audio for this post', 'tts-news' ) );
		} else {
			printf( '<p><label><input type="checkbox" name="tts_news_wanted" value="1" %s> %s</label></p>', checked( $article->get( 'wanted' ), '1', false ), esc_html__( 'Audio for this post', 'tts-news' ) );
		}
		if ( 'publish' === $post->post_status && current_user_can( 'publish_post', $post->ID ) ) {
			$place = wp_nonce_url( admin_url( 'admin-post.php?action=tts_news_again&post=' . $post->ID ), 'tts_news_again_' . $post->ID );
			printf( '<p><a class="button" href="%s">%s</a></p>', esc_url( $place ), esc_html__( 'Send again', 'tts-news' ) );
		}
	}

	/**
	 * Keep what the box says, before the courier looks at the post.
	 *
	 * @param int $id The post's number.
	 */
	public static function save_box( int $id ): void {
		$nonce = isset( $_POST['tts_news_nonce'] ) ? sanitize_text_field( wp_unslash( $_POST['tts_news_nonce'] ) ) : '';
		if ( ! wp_verify_nonce( $nonce, 'tts_news_box_' . $id ) || ! current_user_can( 'edit_post', $id ) ) {
			return;
		}
		$article = Article::find( $id );
		if ( $article ) {
			$name = Settings::get( 'automatic' ) ? 'skip' : 'wanted';
			$article->keep( array( $name => empty( $_POST[ "tts_news_$name" ] ) ? '' : '1' ) );
		}
	}

	/** Send a post again, as it is. */
	public static function send_again(): void {
		$id = isset( $_GET['post'] ) ? absint( $_GET['post'] ) : 0;
		check_admin_referer( 'tts_news_again_' . $id );
		$article = Article::find( $id );
		if ( ! $article || ! current_user_can( 'edit_post', $id ) || ! current_user_can( 'publish_post', $id ) ) {
			wp_die( esc_html__( 'You may not do this.', 'tts-news' ), 403 );
		}
		$article->keep( array( 'hash' => '', 'asked' => '', 'tries' => '' ) ); // phpcs:ignore WordPress.Arrays
		Courier::plan( Courier::SEND, $id, 0 );
		wp_safe_redirect( get_edit_post_link( $id, 'raw' ) );
		exit;
	}

	/**
	 * Add the column.
	 *
	 * @param array $columns The list's columns.
	 */
	public static function add_column( array $columns ): array {
		return $columns + array( 'tts_news' => __( 'Audio', 'tts-news' ) );
	}

	/**
	 * Print a post's state in the column.
	 *
	 * @param string $column Which column.
	 * @param int    $id     The post's number.
	 */
	public static function show_column( string $column, int $id ): void {
		$article = 'tts_news' === $column ? Article::find( $id ) : null;
		if ( $article ) {
			printf( '<span title="%s">%s</span>', esc_attr( $article->get( 'fault' ) ), esc_html( self::word( $article->get( 'state' ) ) ) );
		}
	}
}
