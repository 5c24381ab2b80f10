<?php
/**
 * A post as the server reads it, and what is known of its audio.
 *
 * @package TTS_News
 */

namespace TTS_News;

defined( 'ABSPATH' ) || exit;

/** A post. */
final class Article {

	/** Everything is kept under this prefix: uninstalling removes it. */
	public const PREFIX = '_tts_news_';

	/**
	 * Take a post.
	 *
	 * @param \WP_Post $post The post.
	 */
	public function __construct( public \WP_Post $post ) {}

	/**
	 * Return the post of that number.
	 *
	 * @param int $id Its number.
	 */
	public static function find( int $id ): ?self {
		$post = get_post( $id );
		return $post instanceof \WP_Post ? new self( $post ) : null;
	}

	/** Return the address within which post numbers count. */
	public static function site(): string {
		return home_url();
	}

	/**
	 * Return what is kept of its audio, "" for nothing.
	 *
	 * @param string $name state, job, turn, hash, embed, page, mp3, bytes, duration, guid, former, fault, tries, looks, skip …
	 */
	public function get( string $name ): string {
		$value = get_post_meta( $this->post->ID, self::PREFIX . $name, true );
		return is_scalar( $value ) ? (string) $value : '';
	}

	/**
	 * Keep something of its audio.
	 *
	 * @param array $facts By name; "" forgets.
	 */
	public function keep( array $facts ): void {
		foreach ( $facts as $name => $value ) {
			if ( '' === $value || null === $value ) {
				delete_post_meta( $this->post->ID, self::PREFIX . $name );
			} else {
				update_post_meta( $this->post->ID, self::PREFIX . $name, wp_slash( (string) $value ) );
			}
		}
	}

	/** Whether it should have audio now. */
	public function is_spoken(): bool {
		$is = 'publish' === $this->post->post_status
			&& '' === $this->post->post_password
			&& in_array( $this->post->post_type, (array) Settings::get( 'types' ), true )
			&& '1' !== $this->get( 'skip' )
			&& ( Settings::get( 'automatic' ) || '1' === $this->get( 'wanted' ) );
		/**
		 * Whether a post should have audio.
		 *
		 * @param bool     $is   What the settings say.
		 * @param \WP_Post $post The post.
		 */
		return (bool) apply_filters( 'tts_news_is_spoken', $is, $this->post );
	}

	/** Whether it has audio, or an order for it. */
	public function has_order(): bool {
		return '' !== $this->get( 'state' ) && 'withdrawn' !== $this->get( 'state' );
	}

	/** Return what is stated of it: what its readers see, without our own player. */
	public function stated(): array {
		$post    = $this->post;
		$stated  = array(
			'html'       => $this->html(),
			'permalink'  => get_permalink( $post ),
			'site'       => self::site(),
			'id'         => (string) $post->ID,
			'title'      => $this->line( html_entity_decode( wp_strip_all_tags( $post->post_title ), ENT_QUOTES | ENT_HTML5, 'UTF-8' ) ),
			'date'       => get_post_time( DATE_ATOM, true, $post ),
			'modified'   => get_post_modified_time( DATE_ATOM, true, $post ),
			'author'     => $this->line( (string) get_the_author_meta( 'display_name', (int) $post->post_author ) ),
			'categories' => $this->categories(),
			'language'   => $this->language(),
			'bulletin'   => $this->line( (string) Settings::get( 'bulletin' ) ),
			'voice'      => (string) Settings::get( 'voice' ),
		);
		/**
		 * What is sent of a post, by the names of `POST /editions`.
		 *
		 * @param array    $stated What is stated.
		 * @param \WP_Post $post   The post.
		 */
		return array_filter( (array) apply_filters( 'tts_news_article', $stated, $post ), static fn( $part ) => '' !== $part && array() !== $part );
	}

	/** Return the text as a theme would show it, with blocks and shortcodes done. */
	private function html(): string {
		global $post;
		$before = $post;
		$post   = $this->post; // phpcs:ignore WordPress.WP.GlobalVariablesOverride -- blocks ask for it; put back below.
		setup_postdata( $post );
		Player::$is_silent = true;
		try {
			// The filter is WordPress's own.
			$html = (string) apply_filters( 'the_content', $this->post->post_content ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals
		} finally {
			Player::$is_silent = false;
			$post              = $before; // phpcs:ignore WordPress.WP.GlobalVariablesOverride
			if ( $before instanceof \WP_Post ) {
				setup_postdata( $before );
			}
		}
		return preg_replace( '/[\x00-\x08\x0e-\x1f\x7f]/', ' ', $html );
	}

	/** Return the names of its categories. */
	private function categories(): array {
		$names = array();
		foreach ( get_the_category( $this->post->ID ) as $category ) {
			$names[] = $this->line( html_entity_decode( $category->name, ENT_QUOTES | ENT_HTML5, 'UTF-8' ) );
		}
		return array_values( array_filter( $names ) );
	}

	/** Return its language, "" when it is not Arabic for all we know: the server looks at the text then. */
	private function language(): string {
		$locale = get_locale();
		if ( function_exists( 'pll_get_post_language' ) ) { // Polylang.
			$locale = (string) pll_get_post_language( $this->post->ID, 'locale' );
		}
		/** The filter is WPML's own. */
		$details = apply_filters( 'wpml_post_language_details', null, $this->post->ID ); // phpcs:ignore WordPress.NamingConventions.PrefixAllGlobals
		$locale  = is_array( $details ) && ! empty( $details['locale'] ) ? (string) $details['locale'] : $locale;
		$locale  = str_replace( '_', '-', $locale );
		return preg_match( '/^ar(-[A-Za-z]{2})?$/', $locale ) ? $locale : '';
	}

	/**
	 * Return a text in one line.
	 *
	 * @param string $text The text.
	 */
	private function line( string $text ): string {
		return trim( preg_replace( '/[\x00-\x1f\x7f\x{80}-\x{9f}\x{2028}\x{2029}]+/u', ' ', $text ) ?? '' );
	}
}
