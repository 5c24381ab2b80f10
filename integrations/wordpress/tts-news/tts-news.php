<?php
/**
 * Plugin Name:       tts-news
 * Description:       Posts become podcast episodes in Arabic: sent to a tts-news server when they are published, corrected and withdrawn with them; the player stands in the post.
 * Version:           0.1.0
 * Requires at least: 5.9
 * Requires PHP:      8.0
 * License:           GPL-3.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-3.0.html
 * Text Domain:       tts-news
 * Domain Path:       /languages
 *
 * @package TTS_News
 */

namespace TTS_News;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';
const FILE    = __FILE__;

require __DIR__ . '/includes/class-settings.php';
require __DIR__ . '/includes/class-press.php';
require __DIR__ . '/includes/class-article.php';
require __DIR__ . '/includes/class-courier.php';
require __DIR__ . '/includes/class-receiver.php';
require __DIR__ . '/includes/class-player.php';
require __DIR__ . '/includes/class-feed.php';
require __DIR__ . '/includes/class-editor.php';

add_action(
	'init',
	static function (): void {
		load_plugin_textdomain( 'tts-news', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	},
	1
);

Courier::register();
Receiver::register();
Player::register();
Feed::register();
if ( is_admin() ) {
	Settings::register();
	Editor::register();
}

register_deactivation_hook( __FILE__, array( Courier::class, 'stop' ) );
