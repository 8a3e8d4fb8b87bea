"""What is asked of an item before it stands in an issue follows from its outlet alone, and from what its page says."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.acceptance import asks_for_word, is_barred
from bot.editorial.item import Reason
from bot.editorial.opinion import OpinionSign, SignedBy
from bot.editorial.outlet import Control, Outlet, Verdict, verdict
from tests.editorial.values import RULE, item

WORD = Reason("It is the text of a treaty.", "U_EVA", "Eva Marín")
SIGNS = st.none() | st.builds(OpinionSign, st.sampled_from(SignedBy), st.text(max_size=5))
OUTLETS = st.none() | st.builds(
    Outlet,
    domain=st.just("an.example"),
    name=st.just("An"),
    country=st.none() | st.sampled_from(["CU", "FR"]),
    control=st.sampled_from(Control),
    ruling=st.none() | st.sampled_from(Verdict),
)


@given(OUTLETS, SIGNS, st.none() | st.just(WORD), st.sampled_from([(), ("diplomatic",)]))
def test_state_media_alone_are_asked_about_and_their_opinions_barred_until_an_editor_says_otherwise(
    outlet: Outlet | None, sign: OpinionSign | None, word: Reason | None, topics: tuple[str, ...]
) -> None:
    rule = replace(RULE, topics=topics)
    found = replace(item(1, outlet=outlet), opinion=sign, reclassified=word)

    is_asked = verdict(outlet, rule.watched) is Verdict.STATE_MEDIA and topics != ()
    assert asks_for_word(found, rule) is is_asked
    assert is_barred(found, rule) is (is_asked and sign is not None and word is None)
