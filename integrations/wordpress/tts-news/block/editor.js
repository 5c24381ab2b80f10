// The block in the editor: a place for the player, which WordPress fills in when the post is shown. No build step.
(function (blocks, element, editor, words) {
  "use strict";
  blocks.registerBlockType("tts-news/player", {
    title: words.title,
    description: words.description,
    edit: function () {
      return element.createElement("p", editor.useBlockProps(), "🔊 " + words.here);
    },
    save: function () {
      return null;
    },
  });
})(window.wp.blocks, window.wp.element, window.wp.blockEditor, window.ttsNewsWords);
