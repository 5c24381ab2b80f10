<?php
/**
 * What can be set, and the page where it is.
 *
 * @package TTS_News
 */

namespace TTS_News;

defined( 'ABSPATH' ) || exit;

/**
 * The settings. A constant in wp-config.php (TTS_NEWS_KEY …) is stronger than the page: it is in no backup of the database.
 */
final class Settings {

	public const OPTION = 'tts_news';
	public const PAGE   = 'tts-news';

	private const DEFAULTS = array(
		'address'   => '',
		'public'    => '',
		'key'       => '',
		'secret'    => '',
		'types'     => array( 'post' ),
		'player'    => 'top',
		'automatic' => true,
		'bulletin'  => '',
		'voice'     => '',
	);

	private const SECRETS = array( 'key', 'secret' );

	/** Hook into WordPress. */
	public static function register(): void {
		add_action( 'admin_menu', array( self::class, 'add_page' ) );
		add_action( 'admin_init', array( self::class, 'add_setting' ) );
		add_action( 'admin_post_tts_news_try', array( self::class, 'try_connection' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( FILE ), array( self::class, 'add_link' ) );
	}

	/**
	 * Return a setting.
	 *
	 * @param string $name One of DEFAULTS.
	 * @return mixed
	 */
	public static function get( string $name ) {
		$constant = 'TTS_NEWS_' . strtoupper( $name );
		if ( defined( $constant ) ) {
			return constant( $constant );
		}
		$kept = (array) get_option( self::OPTION, array() );
		return $kept[ $name ] ?? self::DEFAULTS[ $name ];
	}

	/** Return whether there is a server to send to. */
	public static function is_ready(): bool {
		return '' !== self::get( 'address' );
	}

	/** Return the address that the server's webhooks are sent to. */
	public static function webhook_address(): string {
		return rest_url( Receiver::SPACE . Receiver::ROUTE );
	}

	/** Announce the option and how it is cleaned. */
	public static function add_setting(): void {
		register_setting(
			self::PAGE,
			self::OPTION,
			array(
				'type'              => 'array',
				'sanitize_callback' => array( self::class, 'clean' ),
				'show_in_rest'      => false,
			)
		);
	}

	/**
	 * Return what may be kept of what a form sent.
	 *
	 * @param mixed $given The form's fields.
	 */
	public static function clean( $given ): array {
		$given = is_array( $given ) ? $given : array();
		$kept  = (array) get_option( self::OPTION, array() ) + self::DEFAULTS;
		$clean = array();
		foreach ( array( 'address', 'public' ) as $name ) {
			$text           = trim( (string) ( $given[ $name ] ?? $kept[ $name ] ) );
			$clean[ $name ] = untrailingslashit( esc_url_raw( $text, array( 'http', 'https' ) ) );
			if ( '' !== $text && ! wp_parse_url( $clean[ $name ], PHP_URL_HOST ) ) {
				$clean[ $name ] = $kept[ $name ];
				self::complain( 'address', __( 'That is no address: write it as https://press.example', 'tts-news' ) );
			}
		}
		foreach ( self::SECRETS as $name ) {
			// The page never shows them: an empty field keeps what there is.
			$text           = trim( (string) ( $given[ $name ] ?? '' ) );
			$clean[ $name ] = '' === $text ? (string) $kept[ $name ] : $text;
			if ( preg_match( '/[^\x21-\x7e]/', $clean[ $name ] ) ) {
				$clean[ $name ] = (string) $kept[ $name ];
				self::complain( $name, __( 'Keys are letters, digits and signs without spaces.', 'tts-news' ) );
			}
		}
		$bytes = strlen( (string) base64_decode( preg_replace( '/^whsec_/', '', $clean['secret'] ), true ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- the form of the secret.
		if ( '' !== $clean['secret'] && ( $bytes < 24 || $bytes > 64 ) ) {
			$clean['secret'] = (string) $kept['secret'];
			self::complain( 'secret', __( 'A webhook secret is base64 of 24 to 64 bytes: openssl rand -base64 32 makes one.', 'tts-news' ) );
		}
		$types              = array_intersect( (array) ( $given['types'] ?? array() ), array_keys( self::post_types() ) );
		$clean['types']     = array_values( array_map( 'sanitize_key', $types ) );
		$player             = $given['player'] ?? $kept['player'];
		$clean['player']    = in_array( $player, array( 'top', 'bottom', 'off' ), true ) ? $player : 'top';
		$clean['automatic'] = ! empty( $given['automatic'] );
		$clean['bulletin']  = sanitize_text_field( $given['bulletin'] ?? $kept['bulletin'] );
		$voice              = (string) ( $given['voice'] ?? $kept['voice'] );
		$clean['voice']     = preg_match( '/^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,99}$/', $voice ) ? $voice : '';
		return $clean;
	}

	/**
	 * Say on the page what did not hold.
	 *
	 * @param string $code    Which field.
	 * @param string $message For people.
	 */
	private static function complain( string $code, string $message ): void {
		if ( function_exists( 'add_settings_error' ) ) {
			add_settings_error( self::OPTION, $code, $message );
		}
	}

	/** Return the kinds of posts that have pages, by name. */
	private static function post_types(): array {
		$types = get_post_types( array( 'public' => true ), 'objects' );
		unset( $types['attachment'] );
		return $types;
	}

	/** Add the page to the menu. */
	public static function add_page(): void {
		add_options_page(
			__( 'Audio by tts-news', 'tts-news' ),
			__( 'Audio by tts-news', 'tts-news' ),
			'manage_options',
			self::PAGE,
			array( self::class, 'show_page' )
		);
	}

	/**
	 * Add the page to the plugin's line.
	 *
	 * @param array $links The line's links.
	 */
	public static function add_link( array $links ): array {
		$page = admin_url( 'options-general.php?page=' . self::PAGE );
		array_unshift( $links, sprintf( '<a href="%s">%s</a>', esc_url( $page ), esc_html__( 'Settings', 'tts-news' ) ) );
		return $links;
	}

	/** Ask the server who it is, and come back with what it said. */
	public static function try_connection(): void {
		check_admin_referer( 'tts_news_try' );
		if ( ! current_user_can( 'manage_options' ) ) {
			wp_die( esc_html__( 'You may not do this.', 'tts-news' ), 403 );
		}
		$answer = ( new Press() )->try();
		set_transient( 'tts_news_tried_' . get_current_user_id(), $answer->is_good() ? 'good' : $answer->fault(), 60 );
		wp_safe_redirect( admin_url( 'options-general.php?page=' . self::PAGE ) );
		exit;
	}

	/** Print the page. */
	public static function show_page(): void {
		if ( ! current_user_can( 'manage_options' ) ) {
			return;
		}
		$tried = get_transient( 'tts_news_tried_' . get_current_user_id() );
		delete_transient( 'tts_news_tried_' . get_current_user_id() );
		?>
		<div class="wrap">
			<h1><?php esc_html_e( 'Audio by tts-news', 'tts-news' ); ?></h1>
			<?php if ( $tried ) : ?>
				<div class="notice <?php echo 'good' === $tried ? 'notice-success' : 'notice-error'; ?>" role="status"><p>
					<?php echo esc_html( 'good' === $tried ? __( 'The server answers, and the key is right.', 'tts-news' ) : $tried ); ?>
				</p></div>
			<?php endif; ?>
			<form method="post" action="options.php">
				<?php settings_fields( self::PAGE ); ?>
				<table class="form-table" role="presentation">
					<?php
					self::show_field( 'address', 'url', __( 'Address of the server', 'tts-news' ), __( 'As this web server reaches it, e.g. http://127.0.0.1:8080', 'tts-news' ) );
					self::show_field( 'public', 'url', __( 'Public address of the show', 'tts-news' ), __( 'As readers reach it, when the server has no base_url. Empty: the address above.', 'tts-news' ) );
					self::show_field( 'key', 'password', __( 'API key', 'tts-news' ), __( 'A publisher\'s key of [serve] keys. It stays on this server.', 'tts-news' ) );
					self::show_field( 'secret', 'password', __( 'Webhook secret', 'tts-news' ), __( 'The same as the server\'s. Without it the state of posts is asked for every few minutes.', 'tts-news' ) );
					?>
					<tr><th scope="row"><?php esc_html_e( 'Webhook address', 'tts-news' ); ?></th>
						<td><code dir="ltr"><?php echo esc_html( self::webhook_address() ); ?></code></td></tr>
					<tr><th scope="row"><?php esc_html_e( 'What is spoken', 'tts-news' ); ?></th><td><fieldset>
						<legend class="screen-reader-text"><?php esc_html_e( 'What is spoken', 'tts-news' ); ?></legend>
						<?php foreach ( self::post_types() as $type ) : ?>
							<label><input type="checkbox" name="tts_news[types][]" value="<?php echo esc_attr( $type->name ); ?>" <?php checked( in_array( $type->name, (array) self::get( 'types' ), true ) ); ?>>
								<?php echo esc_html( $type->labels->name ); ?></label><br>
						<?php endforeach; ?>
						<label><input type="checkbox" name="tts_news[automatic]" value="1" <?php checked( self::get( 'automatic' ) ); ?>>
							<?php esc_html_e( 'Every one when it is published, unless its editor says otherwise', 'tts-news' ); ?></label>
					</fieldset></td></tr>
					<tr><th scope="row"><label for="tts-news-player"><?php esc_html_e( 'Player in the post', 'tts-news' ); ?></label></th>
						<td><select id="tts-news-player" name="tts_news[player]">
							<?php
							$places = array(
								'top'    => __( 'Above the text', 'tts-news' ),
								'bottom' => __( 'Below the text', 'tts-news' ),
								'off'    => __( 'Only where a block or [tts-news] says so', 'tts-news' ),
							);
							foreach ( $places as $place => $label ) {
								printf( '<option value="%s" %s>%s</option>', esc_attr( $place ), selected( self::get( 'player' ), $place, false ), esc_html( $label ) );
							}
							?>
						</select></td></tr>
					<?php
					self::show_field( 'bulletin', 'text', __( 'Bulletin', 'tts-news' ), __( 'Posts of one day go into a bulletin with this title. Empty: each is an episode.', 'tts-news' ) );
					self::show_field( 'voice', 'text', __( 'Voice', 'tts-news' ), __( 'Empty: the server\'s own.', 'tts-news' ) );
					?>
				</table>
				<?php submit_button(); ?>
			</form>
			<form method="post" action="<?php echo esc_url( admin_url( 'admin-post.php' ) ); ?>">
				<input type="hidden" name="action" value="tts_news_try">
				<?php
				wp_nonce_field( 'tts_news_try' );
				submit_button( __( 'Try the connection', 'tts-news' ), 'secondary' );
				?>
			</form>
		</div>
		<?php
	}

	/**
	 * Print one field of the page; a secret's value is never sent to the browser.
	 *
	 * @param string $name  The setting.
	 * @param string $kind  The input's type.
	 * @param string $label Its name.
	 * @param string $help  What to write.
	 */
	private static function show_field( string $name, string $kind, string $label, string $help ): void {
		$is_fixed  = defined( 'TTS_NEWS_' . strtoupper( $name ) );
		$is_secret = in_array( $name, self::SECRETS, true );
		$value     = (string) self::get( $name );
		printf(
			'<tr><th scope="row"><label for="tts-news-%1$s">%2$s</label></th><td><input id="tts-news-%1$s" name="tts_news[%1$s]" type="%3$s" class="regular-text" value="%4$s" placeholder="%5$s" aria-describedby="tts-news-%1$s-help" autocomplete="off" %6$s %7$s><p class="description" id="tts-news-%1$s-help">%8$s</p></td></tr>',
			esc_attr( $name ),
			esc_html( $label ),
			esc_attr( $kind ),
			esc_attr( $is_secret ? '' : $value ),
			esc_attr( $is_secret && '' !== $value ? __( '(set)', 'tts-news' ) : '' ),
			disabled( $is_fixed, true, false ),
			'text' === $kind ? 'dir="auto"' : 'dir="ltr"',
			esc_html( $is_fixed ? __( 'Set in wp-config.php.', 'tts-news' ) : $help )
		);
	}
}
