<?php
/**
 * The audio in the site's own feeds.
 *
 * @package TTS_News
 */

namespace TTS_News;

defined( 'ABSPATH' ) || exit;

/** The enclosure of a feed's entry. */
final class Feed {

	/** Hook into WordPress. */
	public static function register(): void {
		add_action( 'rss2_item', array( self::class, 'show_rss' ) );
		add_action( 'atom_entry', array( self::class, 'show_atom' ) );
	}

	/** Print it in RSS. */
	public static function show_rss(): void {
		self::show( '<enclosure url="%s" length="%d" type="audio/mpeg" />' . "\n" );
	}

	/** Print it in Atom. */
	public static function show_atom(): void {
		self::show( '<link rel="enclosure" href="%s" length="%d" type="audio/mpeg" />' . "\n" );
	}

	/**
	 * Print it.
	 *
	 * @param string $form Where address and length go.
	 */
	private static function show( string $form ): void {
		$article = Article::find( (int) get_the_ID() );
		if ( ! $article || post_password_required( $article->post ) || '' === $article->get( 'mp3' ) ) {
			return;
		}
		printf( $form, esc_url( $article->get( 'mp3' ) ), (int) $article->get( 'bytes' ) ); // phpcs:ignore WordPress.Security.EscapeOutput -- the form is ours.
	}
}
