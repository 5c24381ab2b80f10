"""Tiny coqui-tts models with random weights: noise instead of speech, but the real code from load to samples."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from pathlib import Path

import torch
from TTS.config.shared_configs import BaseAudioConfig
from TTS.tts.configs.shared_configs import CharactersConfig
from TTS.tts.configs.vits_config import VitsArgs, VitsConfig

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
PUNCTUATION = " .,!?:;-()،؛؟«»…"


def build_vits(folder: Path, speakers: tuple[str, ...] = (), letters: str = LETTERS + MARKS) -> None:
    """Write a VITS checkpoint of about 1 MB at 16 kHz, in which every token lasts 24 ms."""
    from TTS.tts.models.vits import Vits

    torch.manual_seed(0)
    config = VitsConfig(
        model_args=VitsArgs(
            out_channels=129,
            hidden_channels=16,
            hidden_channels_ffn_text_encoder=32,
            num_heads_text_encoder=2,
            num_layers_text_encoder=1,
            num_layers_posterior_encoder=1,
            num_layers_flow=1,
            resblock_type_decoder="2",
            resblock_kernel_sizes_decoder=[3],
            resblock_dilation_sizes_decoder=[[1, 3]],
            upsample_rates_decoder=[8, 8],
            upsample_kernel_sizes_decoder=[16, 16],
            upsample_initial_channel_decoder=16,
            use_sdp=False,
            init_discriminator=False,
            use_speaker_embedding=bool(speakers),
            speaker_embedding_channels=8 if speakers else 256,
            inference_noise_scale=0.3,
        ),
        audio=BaseAudioConfig(sample_rate=16_000, fft_size=256, win_length=256, hop_length=64, num_mels=20),
        use_phonemes=False,
        text_cleaner="basic_cleaners",
        languages=["ar"],
        add_blank=True,
        speakers=list(speakers),
        characters=CharactersConfig(
            characters_class="TTS.tts.models.vits.VitsCharacters",
            pad="_",
            characters=letters,
            punctuations=PUNCTUATION,
            phonemes=None,
        ),
    )
    model = Vits(config)
    with torch.no_grad():
        model.duration_predictor.proj.weight.zero_()
        model.duration_predictor.proj.bias.fill_(float(torch.tensor(6.0).log()) - 0.01)
        for weights in model.waveform_decoder.parameters():
            weights.mul_(3.0)  # audible, and not clipped
    config.save_json(str(folder / "config.json"))
    torch.save({"model": model.state_dict()}, folder / "model.pth")


@contextlib.contextmanager
def small_xtts_vocoder() -> Iterator[None]:
    """XTTS's own settings cannot shrink its vocoder; hold this while building and while loading."""
    from TTS.tts.layers.xtts import hifigan_decoder
    from TTS.tts.models import xtts

    decoder, encoder = xtts.HifiDecoder, hifigan_decoder.ResNetSpeakerEncoder
    xtts.HifiDecoder = functools.partial(
        decoder,
        resblock_type_decoder="2",
        resblock_dilation_sizes_decoder=[[1, 3]],
        resblock_kernel_sizes_decoder=[3],
        upsample_initial_channel_decoder=16,
    )
    hifigan_decoder.ResNetSpeakerEncoder = functools.partial(encoder, layers=[1, 1, 1, 1], num_filters=[8, 8, 16, 16])
    try:
        yield
    finally:
        xtts.HifiDecoder, hifigan_decoder.ResNetSpeakerEncoder = decoder, encoder


def build_xtts(folder: Path, stop_bias: float) -> None:
    """Write an XTTS folder of about 2 MB. A `stop_bias` of -1e4 never stops, 1e4 stops at once."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    from TTS.tts.configs.xtts_config import XttsArgs, XttsConfig
    from TTS.tts.layers.xtts.tokenizer import VoiceBpeTokenizer
    from TTS.tts.models.xtts import Xtts

    special = ["[STOP]", "[UNK]", "[SPACE]", "[START]", "[ar]", "[en]"]
    symbols = dict.fromkeys(LETTERS + MARKS + PUNCTUATION.strip() + "abcdefghijklmnopqrstuvwxyz")
    vocabulary = {token: i for i, token in enumerate([*special, *symbols])}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[], unk_token="[UNK]"))  # noqa: S106
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.add_special_tokens(special)
    tokenizer.save(str(folder / "vocab.json"))

    torch.manual_seed(0)
    config = XttsConfig(
        model_args=XttsArgs(
            gpt_layers=1,
            gpt_n_model_channels=32,
            gpt_n_heads=2,
            decoder_input_dim=32,
            gpt_max_audio_tokens=40,
            gpt_num_audio_tokens=66,
            gpt_start_audio_token=64,
            gpt_stop_audio_token=65,
            gpt_use_perceiver_resampler=True,
        ),
        languages=["ar", "en"],
        gpt_cond_len=6,
        gpt_cond_chunk_len=3,
    )
    config.save_json(str(folder / "config.json"))
    model = Xtts(config)
    model.tokenizer = VoiceBpeTokenizer(vocab_file=folder / "vocab.json")
    model.init_models()
    with torch.no_grad():
        model.gpt.mel_head.weight[65] = 0.0
        model.gpt.mel_head.bias[65] = stop_bias
    torch.save({"model": model.state_dict()}, folder / "model.pth")
    speakers = {
        name: {
            "gpt_cond_latent": torch.randn(1, 32, 32),
            "speaker_embedding": torch.nn.functional.normalize(torch.randn(1, 512, 1), dim=1),
        }
        for name in ("Huda Saleh", "Salim Omar")
    }
    torch.save(speakers, folder / "speakers_xtts.pth")
