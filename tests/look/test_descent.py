"""The tree of documents: a column a generation, a row a leaf, nothing on top of anything else."""

from hypothesis import given
from hypothesis import strategies as st

from lantoa.look.descent import ACROSS, HIGH, WIDE, Node, descent


def node(key, *children, **more):
    told = {
        "title": f"Kế hoạch {key}", "sub": "Đảng ủy", "day": "01/02/2026", "head": "", "way": "", "line": "Đảng",
        "is_sector": False, "href": f"/{key}/",
    }  # fmt: skip
    return Node(key, **told | more, children=children)


trees = st.recursive(
    st.just(node("")),
    lambda inner: st.lists(inner, max_size=3).map(lambda below: node("", *below)),
    max_leaves=12,
)


def count(tree):
    return 1 + sum(count(each) for each in tree.children)


def leaves(tree):
    return sum(leaves(each) for each in tree.children) or 1


@given(st.lists(trees, max_size=3))
def test_every_document_has_a_card_and_no_card_lies_on_another(roots):
    drawn = descent(roots)

    assert len(drawn.cards) == sum(count(each) for each in roots)
    assert len({(card.x, card.y) for card in drawn.cards}) == len(drawn.cards)
    assert len({card.y for card in drawn.cards}) == sum(leaves(each) for each in roots)
    for card in drawn.cards:
        assert card.x + WIDE <= drawn.width
        assert card.y + HIGH <= drawn.height


@given(st.lists(trees, max_size=3))
def test_every_document_but_the_first_ones_hangs_on_one_way(roots):
    drawn = descent(roots)

    assert len(drawn.ways) == len(drawn.cards) - len(roots)


def test_a_document_stands_one_column_to_the_right_of_what_it_rests_on_and_level_with_it_if_it_is_the_first():
    root, first, second = descent([node("a", node("b"), node("c"))]).cards

    assert first.x == second.x == root.x + WIDE + ACROSS
    assert first.y == root.y
    assert second.y > first.y


def test_a_second_ground_is_drawn_beside_the_first_and_only_where_it_is_in_the_tree():
    drawn = descent([node("a", node("b", node("d", rests_on=["c", "elsewhere"])), node("c"))])

    assert [way.kind for way in drawn.ways].count("also") == 1


def test_long_words_are_cut_on_the_card_and_whole_in_its_name():
    [card] = descent([node("a", title="Chương trình hành động số 1234-CTr/TU")]).cards

    assert card.title.endswith("…")
    assert "1234-CTr/TU" in card.name


def test_a_deep_tree_says_that_it_is_wide():
    assert not descent([node("a", node("b", node("c", node("d"))))]).is_wide
    assert descent([node("a", node("b", node("c", node("d", node("e")))))]).is_wide
