"""The contract every engine keeps, as tests that a package which brings one can run.

    from pathlib import Path

    import pytest
    from tts_news.testing import EngineContract

    class TestMine(EngineContract):
        @pytest.fixture(scope="class")
        @classmethod
        def voice(cls) -> Path:
            return Path(__file__).parent / "voices" / "mine"

`voice` is a folder with a `voice.toml` that names the engine. Needs pytest, which tts-news itself does not.
"""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tts_news.errors import SpeakError
from tts_news.records import Take, Utterance
from tts_news.speak.cache import TakeCache, key_of
from tts_news.speak.catalogue import CARD, VoiceSpec, info, load
from tts_news.speak.check import check
from tts_news.speak.engine import Engine, engine_class
from tts_news.speak.worker import Job, make_take

TEXT = "طَلَعَتِ الشَّمْسُ فِي الصَّبَاحِ، وَقَالَ الْوَزِيرُ."
"""What a voice of Arabic is asked to say: vowelled, with a pause inside."""


class EngineContract:
    """What the rest of tts-news relies on. Subclass it and give it a `voice`; change the attributes where they differ.

    Attributes:
        text: What is said; two parts with a comma between, for a voice of another language.
        others: Two short texts that sound different.
        has_word_times: The engine tells when each word sounds.
        has_speed: The engine speaks at another speed than its own.
    """

    text = TEXT
    others = ("نَعَمْ.", "كَلَّا.")
    has_word_times = True
    has_speed = True

    @pytest.fixture(scope="class")
    @classmethod
    def voice(cls) -> Path:
        """Return the folder of a voice."""
        raise NotImplementedError("give the contract a voice")

    @pytest.fixture(scope="class")
    @classmethod
    def spec(cls, voice: Path) -> VoiceSpec:
        """Return what the voice's `voice.toml` says."""
        return load(voice / CARD)

    @pytest.fixture(scope="class")
    @classmethod
    def engine(cls, spec: VoiceSpec) -> Engine:
        """Return the voice, loaded once."""
        return engine_class(spec)(spec)

    def say(self, engine: Engine, text: str = "", speed: float = 1.0) -> Take:
        """Return what the engine says."""
        return engine.speak(Utterance("c0001", text or self.text, speed=speed))

    def test_the_class_states_its_version(self, spec: VoiceSpec) -> None:
        """Takes are kept under it: it changes whenever the same text would sound different."""
        version = engine_class(spec).version
        assert isinstance(version, str)
        assert version
        assert info(spec, version).fingerprint != info(spec, f"{version}+").fingerprint

    def test_sound_is_mono_float32_within_full_scale(self, engine: Engine) -> None:
        """Mastering takes it as it is."""
        take = self.say(engine)
        assert take.samples.dtype == np.float32
        assert take.samples.ndim == 1
        assert take.rate_hz == engine.rate_hz
        assert 0.01 < np.abs(take.samples).max() <= 1.0

    def test_a_take_passes_the_check_every_take_must_pass(self, engine: Engine, spec: VoiceSpec) -> None:
        """Neither too short nor too long for its text, and not silent."""
        check(self.say(engine), Utterance("c0001", self.text), spec, None)

    def test_the_same_text_gives_the_same_samples(self, engine: Engine) -> None:
        """An edition that is made again has the same bytes."""
        np.testing.assert_array_equal(self.say(engine).samples, self.say(engine).samples)

    def test_another_text_gives_other_samples(self, engine: Engine) -> None:
        """Nothing of the text before is said again."""
        one, other = (self.say(engine, text).samples for text in self.others)
        assert not np.array_equal(one, other)

    def test_twice_the_speed_is_about_half_as_long(self, engine: Engine) -> None:
        """Speed divides the length; an engine without it refuses and names the utterance."""
        if self.has_speed:
            assert 0.35 < self.say(engine, speed=2.0).duration_s / self.say(engine).duration_s < 0.7
            return
        with pytest.raises(SpeakError, match="c0001"):
            self.say(engine, speed=2.0)

    def test_word_times_are_those_of_the_written_words_in_order(self, engine: Engine) -> None:
        """A time for each word between spaces, or none at all."""
        take = self.say(engine)
        assert [word.text for word in take.words] == (self.text.split() if self.has_word_times else [])
        times = [time for word in take.words for time in (word.start_s, word.end_s)]
        assert times == sorted(times)
        assert all(0 <= time <= take.duration_s + 1e-6 for time in times)

    def test_a_worker_makes_the_same_take_in_the_cache(self, engine: Engine, spec: VoiceSpec, tmp_path: Path) -> None:
        """What a process pool and a cluster do: the job travels, the voice is loaded there, the take is kept."""
        utterance = Utterance("c0001", self.text)
        fingerprint = info(spec, engine_class(spec).version).fingerprint
        job = Job(key_of(utterance, fingerprint), spec, fingerprint, utterance)
        cache = TakeCache(tmp_path)
        make_take(pickle.loads(pickle.dumps(job)), cache)  # noqa: S301 - our own bytes
        kept = cache.read(job.key)
        assert kept is not None
        np.testing.assert_allclose(kept.samples, self.say(engine).samples, atol=2e-4)

    def test_files_that_are_garbage_or_gone_are_our_error(self, spec: VoiceSpec, tmp_path: Path) -> None:
        """A broken voice is refused when it is loaded, by `SpeakError` and nothing else."""
        if not spec.model_files:
            return
        for content in (b"", b"no model", None):
            for name in spec.model_files:
                broken = tmp_path / Path(name).name
                broken.unlink(missing_ok=True)
                if content is not None:
                    broken.write_bytes(content)
            with pytest.raises(SpeakError):
                engine_class(spec)(
                    replace(spec, folder=tmp_path, options={**spec.options, **_flat(spec)}, files=_names(spec))
                )


def _names(spec: VoiceSpec) -> tuple[str, ...]:
    return tuple(Path(name).name for name in spec.files)


def _flat(spec: VoiceSpec) -> dict[str, str]:
    """Options that name a file of a sibling voice, by the name it has in one folder."""
    return {
        key: Path(value).name
        for key, value in spec.options.items()
        if isinstance(value, str) and value in spec.model_files
    }
