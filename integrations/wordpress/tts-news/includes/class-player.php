<?php
/**
 * The player in the post: above or below its text, by a block, or by [tts-news].
 *
 * @package TTS_News
 */

namespace TTS_News;

defined( 'ABSPATH' ) || exit;

/** The player. */
final class Player {

	private const HEIGHT_PX = 120;

	/**
	 * Whether a post's text is asked for to be spoken: without a player.
	 *
	 * @var bool
	 */
	public static bool $is_silent = false;

	/** Hook into WordPress. */
	public static function register(): void {
		add_action( 'init', array( self::class, 'add_block' ) );
		add_shortcode( 'tts-news', array( self::class, 'shortcode' ) );
		add_filter( 'the_content', array( self::class, 'add_to_text' ), 20 );
	}

	/** Announce the block. Its words come from here: one catalogue for all of them. */
	public static function add_block(): void {
		wp_register_script( 'tts-news-block', plugins_url( 'block/editor.js', FILE ), array( 'wp-blocks', 'wp-element', 'wp-block-editor' ), VERSION, true );
		$words = array(
			'title'       => __( 'Listen to the article', 'tts-news' ),
			'description' => __( 'The player of this post\'s audio.', 'tts-news' ),
			'here'        => __( 'The audio player stands here when the post is published.', 'tts-news' ),
		);
		wp_add_inline_script( 'tts-news-block', 'window.ttsNewsWords = ' . wp_json_encode( $words ) . ';', 'before' );
		register_block_type( dirname( FILE ) . '/block', array( 'render_callback' => array( self::class, 'block' ) ) );
	}

	/**
	 * Return the block's player.
	 *
	 * @param array          $attributes Its settings.
	 * @param string         $content    Nothing.
	 * @param \WP_Block|null $block      The block.
	 */
	public static function block( array $attributes = array(), string $content = '', $block = null ): string {
		$id = (int) ( $block->context['postId'] ?? get_the_ID() );
		return self::show( $id, get_block_wrapper_attributes() );
	}

	/**
	 * Return the shortcode's player: `[tts-news]`, or `[tts-news id="12"]` of another post.
	 *
	 * @param array|string $attributes Its settings.
	 */
	public static function shortcode( $attributes = array() ): string {
		$asked = shortcode_atts( array( 'id' => get_the_ID() ), is_array( $attributes ) ? $attributes : array(), 'tts-news' );
		return self::show( (int) $asked['id'] );
	}

	/**
	 * Put the player where the settings say, once.
	 *
	 * @param string $text The post's text.
	 */
	public static function add_to_text( $text ): string {
		$text  = (string) $text;
		$place = Settings::get( 'player' );
		$id    = (int) get_the_ID();
		if ( self::$is_silent || 'off' === $place || is_feed() || ! is_singular() || get_queried_object_id() !== $id || str_contains( $text, 'class="tts-news-player"' ) ) {
			return $text;
		}
		$player = self::show( $id, 'class="tts-news"' );
		return 'top' === $place ? $player . $text : $text . $player;
	}

	/**
	 * Return the player of a post, "" when it has none or is not for whoever reads.
	 *
	 * @param int    $id      The post's number.
	 * @param string $wrapper Attributes of the element around it.
	 */
	private static function show( int $id, string $wrapper = 'class="tts-news"' ): string {
		$article = self::$is_silent ? null : Article::find( $id );
		if ( ! $article || 'publish' !== $article->post->post_status || post_password_required( $article->post ) ) {
			return '';
		}
		$address = $article->get( 'embed' );
		if ( '' === $address ) {
			return '';
		}
		if ( is_feed() ) {
			return sprintf( '<p><a href="%s">%s</a></p>', esc_url( $article->get( 'page' ) ), esc_html__( 'Listen to the article', 'tts-news' ) );
		}
		/* translators: %s: title of a post. */
		$title = sprintf( __( 'Listen: %s', 'tts-news' ), wp_strip_all_tags( get_the_title( $article->post ) ) );
		return sprintf(
			'<div %s><iframe class="tts-news-player" src="%s" title="%s" width="100%%" height="%d" style="border:0" loading="lazy" allow="autoplay"></iframe></div>',
			$wrapper, // phpcs:ignore WordPress.Security.EscapeOutput -- ours, or get_block_wrapper_attributes'.
			esc_url( $address ),
			esc_attr( $title ),
			self::HEIGHT_PX
		);
	}
}
