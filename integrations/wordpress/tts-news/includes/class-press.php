<?php
/**
 * The server that makes the audio.
 *
 * @package TTS_News
 */

namespace TTS_News;

defined( 'ABSPATH' ) || exit;

/** What the server answered. */
final class Answer {

	/**
	 * Keep it.
	 *
	 * @param int    $status  HTTP status, 0 when it could not be reached.
	 * @param array  $facts   What its JSON says.
	 * @param string $trouble Why it could not be reached.
	 * @param int    $wait    Seconds after which it wants to be asked again, 0 when it does not say.
	 */
	public function __construct( public int $status, public array $facts, public string $trouble = '', public int $wait = 0 ) {}

	/** Whether it did what it was asked. */
	public function is_good(): bool {
		return $this->status >= 200 && $this->status < 300;
	}

	/** Whether asking again may help. A wrong key may be mended meanwhile, a bulletin open again. */
	public function is_passing(): bool {
		return 0 === $this->status || $this->status >= 500 || in_array( $this->status, array( 401, 403, 408, 409, 421, 425, 429 ), true );
	}

	/** Why it did not, for people. */
	public function fault(): string {
		$said = $this->facts['error']['message'] ?? '';
		if ( 0 === $this->status ) {
			/* translators: %s: what the network said. */
			return sprintf( __( 'The server cannot be reached: %s', 'tts-news' ), $this->trouble );
		}
		/* translators: 1: HTTP status, 2: what the server said. */
		return sprintf( __( 'The server said %1$d: %2$s', 'tts-news' ), $this->status, is_string( $said ) ? $said : '' );
	}
}

/** The server. */
final class Press {

	private const MOST_BYTES = 2000000;

	/** Return whether it answers and takes the key. */
	public function try(): Answer {
		return $this->ask( 'GET', '/editions?limit=1' );
	}

	/**
	 * Hand an article over.
	 *
	 * @param array  $article What is stated of it.
	 * @param string $turn    The idempotency key: the same for every try of one order.
	 */
	public function order( array $article, string $turn ): Answer {
		return $this->ask( 'POST', '/editions', $article, array( 'Idempotency-Key' => $turn ) );
	}

	/**
	 * Look what became of an order.
	 *
	 * @param string $job Its id.
	 */
	public function look( string $job ): Answer {
		return $this->ask( 'GET', '/editions/' . rawurlencode( $job ) );
	}

	/**
	 * Withdraw the edition of an article.
	 *
	 * @param string $site The site within which the id counts.
	 * @param string $id   The post's number.
	 */
	public function withdraw( string $site, string $id ): Answer {
		return $this->ask( 'DELETE', '/editions?' . http_build_query( array( 'site' => $site, 'id' => $id ) ) );
	}

	/**
	 * Return how many bytes a file of the show has, 0 when nobody says.
	 *
	 * @param string $address Its address.
	 */
	public function size( string $address ): int {
		$answer = wp_remote_head( $address, array( 'timeout' => 5 ) );
		$length = wp_remote_retrieve_header( $answer, 'content-length' );
		return 200 === wp_remote_retrieve_response_code( $answer ) && is_numeric( $length ) ? (int) $length : 0;
	}

	/**
	 * Ask. The address is the administrator's own, and may well be of this machine: wp_safe_remote_* would refuse it.
	 *
	 * @param string     $method  GET, POST or DELETE.
	 * @param string     $place   Path and query.
	 * @param array|null $body    What is sent as JSON.
	 * @param array      $headers More headers.
	 */
	private function ask( string $method, string $place, ?array $body = null, array $headers = array() ): Answer {
		if ( ! Settings::is_ready() ) {
			return new Answer( 0, array(), __( 'no address is set', 'tts-news' ) );
		}
		$key = (string) Settings::get( 'key' );
		if ( '' !== $key ) {
			$headers['Authorization'] = 'Bearer ' . $key;
		}
		$headers += array(
			'Accept'       => 'application/json',
			'Content-Type' => 'application/json',
		);
		$answer   = wp_remote_request(
			Settings::get( 'address' ) . $place,
			array(
				'method'              => $method,
				'headers'             => $headers,
				'body'                => null === $body ? null : wp_json_encode( $body, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES ),
				'timeout'             => 20,
				'redirection'         => 0, // A redirect would carry the key elsewhere.
				'limit_response_size' => self::MOST_BYTES,
			)
		);
		if ( is_wp_error( $answer ) ) {
			return new Answer( 0, array(), $answer->get_error_message() );
		}
		$facts = json_decode( wp_remote_retrieve_body( $answer ), true );
		$wait  = wp_remote_retrieve_header( $answer, 'retry-after' );
		return new Answer( (int) wp_remote_retrieve_response_code( $answer ), is_array( $facts ) ? $facts : array(), '', is_numeric( $wait ) ? min( 3600, (int) $wait ) : 0 );
	}
}
