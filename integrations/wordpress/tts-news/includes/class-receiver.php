<?php
/**
 * Takes the server's webhooks: signed as Standard Webhooks says (https://www.standardwebhooks.com, version 1.0.0).
 *
 * @package TTS_News
 */

namespace TTS_News;

defined( 'ABSPATH' ) || exit;

/** The receiver. */
final class Receiver {

	public const SPACE = 'tts-news/v1';
	public const ROUTE = '/webhook';

	/** Seconds that the two clocks may differ, and within which a message is not taken twice. */
	private const TOLERANCE_S = 300;
	private const MOST_BYTES  = 1000000;

	/** Hook into WordPress. */
	public static function register(): void {
		add_action( 'rest_api_init', array( self::class, 'add_route' ) );
	}

	/** Announce the route. Whoever signs may call it, and nobody else. */
	public static function add_route(): void {
		register_rest_route(
			self::SPACE,
			self::ROUTE,
			array(
				'methods'             => 'POST',
				'callback'            => array( self::class, 'take' ),
				'permission_callback' => array( self::class, 'is_signed' ),
			)
		);
	}

	/**
	 * Return whether a message is the server's, and of now.
	 *
	 * @param \WP_REST_Request $request The message.
	 * @return true|\WP_Error
	 */
	public static function is_signed( \WP_REST_Request $request ) {
		$refusal = new \WP_Error( 'tts_news_signature', 'no valid signature', array( 'status' => 401 ) );
		$secret  = self::secret();
		$id      = (string) $request->get_header( 'webhook-id' );
		$at      = (string) $request->get_header( 'webhook-timestamp' );
		$body    = $request->get_body();
		if ( '' === $secret || ! preg_match( '/^[A-Za-z0-9_.-]{1,200}$/', $id ) || ! preg_match( '/^\d{1,12}$/', $at ) || strlen( $body ) > self::MOST_BYTES ) {
			return $refusal;
		}
		$wanted  = base64_encode( hash_hmac( 'sha256', "$id.$at.$body", $secret, true ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- the form of the signature.
		$is_ours = false;
		foreach ( explode( ' ', (string) $request->get_header( 'webhook-signature' ) ) as $given ) {
			$is_ours = hash_equals( "v1,$wanted", $given ) || $is_ours;
		}
		return $is_ours && abs( time() - (int) $at ) <= self::TOLERANCE_S ? true : $refusal;
	}

	/** Return the secret's bytes, "" when there is none. */
	private static function secret(): string {
		$text = (string) Settings::get( 'secret' );
		return (string) base64_decode( preg_replace( '/^whsec_/', '', $text ), true ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- the form of the secret.
	}

	/**
	 * Take a message. What it says is a reason to look: the state of now is asked for at the server itself, so that
	 * messages may come late, twice or in another order.
	 *
	 * @param \WP_REST_Request $request The message.
	 */
	public static function take( \WP_REST_Request $request ): \WP_REST_Response {
		$seen = 'tts_news_seen_' . md5( (string) $request->get_header( 'webhook-id' ) );
		if ( get_transient( $seen ) ) {
			return new \WP_REST_Response( null, 204 );
		}
		set_transient( $seen, 1, 2 * self::TOLERANCE_S );
		$message = $request->get_json_params();
		$article = self::article_of( is_array( $message ) ? $message : array() );
		if ( $article ) {
			Courier::look( $article->post->ID );
		}
		return new \WP_REST_Response( null, 204 );
	}

	/**
	 * Return the post that a message is about, null when it is of another site, or of a post we know no order of.
	 *
	 * @param array $message The message.
	 */
	private static function article_of( array $message ): ?Article {
		$facts = $message['data'] ?? null;
		$name  = is_array( $facts ) ? $facts['name'] ?? '' : '';
		if ( ! is_scalar( $name ) || ! ctype_digit( (string) $name ) ) {
			return null;
		}
		$article = Article::find( (int) $name );
		$job     = $article ? $article->get( 'job' ) : '';
		if ( '' === $job ) {
			return null;
		}
		$site    = $facts['site'] ?? '';
		$is_ours = is_string( $site ) && self::plain( $site ) === self::plain( Article::site() );
		return $is_ours || ( $facts['id'] ?? '' ) === $job ? $article : null;
	}

	/**
	 * Return a site's address as it is compared: the server says https for http, and leaves www. out.
	 *
	 * @param string $site The address.
	 */
	private static function plain( string $site ): string {
		$place = preg_replace( '#^https?://(?:www\.)?#i', '', rawurldecode( $site ) );
		return strtolower( untrailingslashit( preg_replace( '#^([^/:]+):(?:80|443)(?=/|$)#', '$1', $place ) ) );
	}
}
