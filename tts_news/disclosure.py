"""How it is said that a voice is synthetic, to people and to machines."""

from __future__ import annotations

DISCLOSURE = "قُرِئ هذا النص بصوتٍ مولَّدٍ آلِيًّا."
"""What every edition says and shows of its voice unless the show has words of its own for it."""
SYNTHETIC_VOICE = "صوت مولَّد آليًّا"
"""The same in a few words, for credits and tags."""
DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""The same for machines, as the EU's AI Act asks (Art. 50(2)). Source: IPTC NewsCodes, digital source type."""
