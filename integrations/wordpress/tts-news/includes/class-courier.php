<?php
/**
 * Carries posts to the server when they are published, changed and taken back.
 *
 * Nothing is sent while an editor waits for her page: wp-cron does, and tries again as long as the server cannot be
 * reached. What a post is at that moment counts, not what it was when the event was planned.
 *
 * @package TTS_News
 */

namespace TTS_News;

defined( 'ABSPATH' ) || exit;

/** The courier. */
final class Courier {

	public const SEND = 'tts_news_send';
	public const LOOK = 'tts_news_look';

	/** Seconds between tries; the last repeats until MOST_TRIES. */
	private const WAITS      = array( 30, 120, 600, 1800, 3600, 7200 );
	private const MOST_TRIES = 30;
	/** Seconds between two looks at an order under way; a webhook comes first where there is one. */
	private const LOOKS = array( 30, 60, 120, 300, 600 );

	/** Hook into WordPress. */
	public static function register(): void {
		add_action( 'wp_after_insert_post', array( self::class, 'note' ), 10, 2 );
		add_action( 'before_delete_post', array( self::class, 'note_deletion' ), 10, 2 );
		add_action( 'set_object_terms', array( self::class, 'note_terms' ), 10, 1 );
		add_action( self::SEND, array( self::class, 'send' ) );
		add_action( self::LOOK, array( self::class, 'look' ) );
	}

	/** Plan nothing any more: the plugin is switched off. */
	public static function stop(): void {
		wp_unschedule_hook( self::SEND );
		wp_unschedule_hook( self::LOOK );
	}

	/**
	 * Note that a post was saved, whichever way: the editor, REST, the phone, a plan.
	 *
	 * @param int      $id   Its number.
	 * @param \WP_Post $post The post.
	 */
	public static function note( int $id, \WP_Post $post ): void {
		if ( wp_is_post_revision( $post ) || wp_is_post_autosave( $post ) ) {
			return;
		}
		$article = new Article( $post );
		if ( $article->is_spoken() || $article->has_order() ) {
			$article->keep( array( 'tries' => '' ) );
			self::plan( self::SEND, $id, 0 );
		}
	}

	/**
	 * Note that a post's categories were changed beside it.
	 *
	 * @param int $id The post's number.
	 */
	public static function note_terms( int $id ): void {
		$article = Article::find( $id );
		if ( $article && 'done' === $article->get( 'state' ) && $article->is_spoken() ) {
			self::plan( self::SEND, $id, 0 );
		}
	}

	/**
	 * Note that a post is deleted for good: what is known of it goes with it, its number stays.
	 *
	 * @param int      $id   Its number.
	 * @param \WP_Post $post The post.
	 */
	public static function note_deletion( int $id, \WP_Post $post ): void {
		if ( ( new Article( $post ) )->has_order() ) {
			self::plan( self::SEND, $id, 0 );
		}
	}

	/**
	 * Plan to go, in place of what was planned for the same post before.
	 *
	 * @param string $hook SEND or LOOK.
	 * @param int    $id   The post's number.
	 * @param int    $wait Seconds.
	 */
	public static function plan( string $hook, int $id, int $wait ): void {
		wp_clear_scheduled_hook( $hook, array( $id ) );
		wp_schedule_single_event( time() + $wait, $hook, array( $id ) );
		if ( 0 === $wait && ! wp_doing_cron() ) {
			spawn_cron();
		}
	}

	/**
	 * Bring the server to where the post is.
	 *
	 * @param int $id Its number.
	 */
	public static function send( int $id ): void {
		if ( ! Settings::is_ready() ) {
			return;
		}
		$article = Article::find( $id );
		if ( $article && $article->is_spoken() ) {
			self::order( $article );
		} elseif ( ! $article || $article->has_order() ) {
			self::withdraw( $id, $article );
		}
	}

	/**
	 * Hand the post over, unless the server has it as it is.
	 *
	 * @param Article $article The post.
	 */
	private static function order( Article $article ): void {
		$stated = $article->stated();
		$told   = $stated;
		unset( $told['modified'] ); // Saved again is not changed.
		$hash = md5( (string) wp_json_encode( $told ) );
		if ( $hash === $article->get( 'hash' ) && in_array( $article->get( 'state' ), array( 'queued', 'done' ), true ) ) {
			return;
		}
		if ( $hash !== $article->get( 'asked' ) ) { // A new order, no new try of the last one.
			$article->keep( array( 'asked' => $hash, 'turn' => wp_generate_uuid4(), 'tries' => '' ) ); // phpcs:ignore WordPress.Arrays
		}
		$article->keep( array( 'state' => 'waiting' ) );
		$former = $article->get( 'former' );
		if ( '' !== $former ) {
			$stated['replaces'] = $former; // It was taken back here, and comes back here: the same episode.
		}
		$answer = ( new Press() )->order( $stated, $article->get( 'turn' ) );
		if ( 400 === $answer->status && '' !== $former && str_starts_with( (string) ( $answer->facts['error']['message'] ?? '' ), 'replaces' ) ) {
			$article->keep( array( 'former' => '', 'asked' => '' ) ); // phpcs:ignore WordPress.Arrays -- the server has it no more: a new episode.
			self::plan( self::SEND, $article->post->ID, 0 );
			return;
		}
		if ( ! $answer->is_good() || ! is_string( $answer->facts['id'] ?? null ) ) {
			self::try_again( $article, $answer );
			return;
		}
		$article->keep(
			array(
				'state' => 'queued',
				'job'   => $answer->facts['id'],
				'hash'  => $hash,
				'asked' => '',
				'tries' => '',
				'looks' => '',
				'fault' => '',
			)
		);
		self::plan( self::LOOK, $article->post->ID, self::LOOKS[0] );
	}

	/**
	 * Withdraw the post's edition.
	 *
	 * @param int          $id      Its number.
	 * @param Article|null $article The post, null when it was deleted.
	 */
	private static function withdraw( int $id, ?Article $article ): void {
		$answer = ( new Press() )->withdraw( Article::site(), (string) $id );
		if ( $answer->is_good() || 404 === $answer->status ) {
			if ( $article ) {
				$guid = $answer->facts['edition']['guid'] ?? $article->get( 'guid' );
				$article->keep( array( 'former' => is_string( $guid ) ? $guid : '' ) );
				$article->keep( array_fill_keys( array( 'job', 'hash', 'asked', 'turn', 'embed', 'page', 'mp3', 'bytes', 'duration', 'guid', 'fault', 'tries', 'looks' ), '' ) );
				$article->keep( array( 'state' => 'withdrawn' ) );
				clean_post_cache( $id );
			}
			wp_clear_scheduled_hook( self::LOOK, array( $id ) );
		} elseif ( $article ) {
			self::try_again( $article, $answer );
		} elseif ( $answer->is_passing() ) {
			self::plan( self::SEND, $id, max( 600, $answer->wait ) );
		}
	}

	/**
	 * Plan another try, or say that there will be none.
	 *
	 * @param Article $article The post.
	 * @param Answer  $answer  What the server said.
	 */
	private static function try_again( Article $article, Answer $answer ): void {
		$tries = 1 + (int) $article->get( 'tries' );
		$again = $answer->is_passing() && $tries < self::MOST_TRIES;
		$article->keep(
			array(
				'tries' => (string) $tries,
				'fault' => $answer->fault(),
				'state' => $again ? 'waiting' : 'failed',
			)
		);
		if ( $again ) {
			$wait = self::WAITS[ min( $tries, count( self::WAITS ) ) - 1 ];
			self::plan( self::SEND, $article->post->ID, max( $wait, $answer->wait ) );
		}
	}

	/**
	 * Look what became of an order: a webhook says that there is news, and can be lost, or not be set.
	 *
	 * @param int $id The post's number.
	 */
	public static function look( int $id ): void {
		$article = Article::find( $id );
		$job     = $article ? $article->get( 'job' ) : '';
		if ( '' === $job || ! Settings::is_ready() ) {
			return;
		}
		$answer = ( new Press() )->look( $job );
		$state  = $answer->facts['state'] ?? '';
		if ( $answer->is_good() && in_array( $state, array( 'done', 'failed', 'withdrawn' ), true ) ) {
			self::settle( $article, $job, $answer->facts );
			return;
		}
		if ( 404 === $answer->status && 'queued' === $article->get( 'state' ) ) {
			// The server has lost the order: it is handed over anew.
			$article->keep( array( 'state' => 'waiting', 'hash' => '', 'job' => '' ) ); // phpcs:ignore WordPress.Arrays
			self::plan( self::SEND, $id, 0 );
			return;
		}
		if ( 404 === $answer->status ) {
			return; // Long done, and forgotten.
		}
		$looks = 1 + (int) $article->get( 'looks' );
		$article->keep( array( 'looks' => (string) $looks ) );
		self::plan( self::LOOK, $id, max( self::LOOKS[ min( $looks, count( self::LOOKS ) - 1 ) ], $answer->wait ) );
	}

	/**
	 * Keep how an order ended.
	 *
	 * @param Article $article The post.
	 * @param string  $job     The order.
	 * @param array   $facts   The job, as `GET /editions/{id}` tells it.
	 */
	public static function settle( Article $article, string $job, array $facts ): void {
		if ( $job !== $article->get( 'job' ) ) {
			return; // An earlier order: the post has been changed since.
		}
		wp_clear_scheduled_hook( self::LOOK, array( $article->post->ID ) );
		$edition = $facts['editions'][0] ?? null;
		$stands  = is_array( $edition ) && 'published' === ( $edition['state'] ?? 'published' );
		if ( 'done' === ( $facts['state'] ?? '' ) && $stands ) {
			self::keep_edition( $article, $edition );
		} elseif ( 'failed' === ( $facts['state'] ?? '' ) ) {
			// What stood before stands still; the hash is forgotten, so that saving again tries again.
			$article->keep( array( 'state' => 'failed', 'fault' => (string) ( $facts['error'] ?? '' ), 'hash' => '' ) ); // phpcs:ignore WordPress.Arrays
		} else {
			$article->keep( array_fill_keys( array( 'embed', 'page', 'mp3', 'bytes', 'duration', 'guid', 'hash' ), '' ) );
			$article->keep( array( 'state' => 'withdrawn' ) );
		}
		clean_post_cache( $article->post->ID );
	}

	/**
	 * Keep where everything of an edition lies.
	 *
	 * @param Article $article The post.
	 * @param array   $edition The edition, as the server tells it.
	 */
	public static function keep_edition( Article $article, array $edition ): void {
		$mp3 = self::address( $edition['mp3'] ?? '' );
		$article->keep(
			array(
				'state'    => 'done',
				'fault'    => '',
				'former'   => '',
				'embed'    => self::address( $edition['embed'] ?? '' ),
				'page'     => self::address( $edition['page'] ?? '' ),
				'mp3'      => $mp3,
				'bytes'    => '' === $mp3 ? '' : (string) ( new Press() )->size( $mp3 ),
				'duration' => is_numeric( $edition['duration_s'] ?? null ) ? (string) (float) $edition['duration_s'] : '',
				'guid'     => sanitize_text_field( (string) ( $edition['guid'] ?? '' ) ),
			)
		);
	}

	/**
	 * Return an address that readers can open: the server's are relative where it does not know its own.
	 *
	 * @param mixed $given What it said.
	 */
	private static function address( $given ): string {
		if ( ! is_string( $given ) || '' === $given ) {
			return '';
		}
		if ( str_starts_with( $given, '/' ) && ! str_starts_with( $given, '//' ) ) {
			$given = ( Settings::get( 'public' ) ? Settings::get( 'public' ) : Settings::get( 'address' ) ) . $given;
		}
		return esc_url_raw( $given, array( 'http', 'https' ) );
	}
}
