"""News of a NukeViet site is taken over whole: nothing twice, nothing that hurts, and every old address leads on."""

import csv
import datetime as dt
import io
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from PIL import Image as Pillow

from lantoa.articles import importing, nukeviet
from lantoa.articles.models import ArticlePage, SectionPage
from lantoa.lib.rows import UnreadableFileError
from lantoa.orgs.rights import NotAllowedError
from tests import make

pytestmark = pytest.mark.django_db
OUT = int(dt.datetime(2024, 1, 18, 2, 36, tzinfo=dt.UTC).timestamp())
COLUMNS = {
    "cat": ["catid", "parentid", "title", "alias", "description", "numlinks"],
    "rows": ["id", "catid", "status", "publtime", "exptime", "archive", "title", "alias", "hometext", "author", "sourceid", "homeimgfile", "homeimgalt", "total_rating", "click_rating"],
    "detail": ["id", "bodyhtml", "sourcetext"],
    "sources": ["sourceid", "title", "link"],
    "tags_id": ["id", "tid", "keyword"],
}  # fmt: skip


def row(number=1234, **changes):
    plain = {
        "id": number, "catid": 2, "status": 1, "publtime": OUT, "exptime": 0, "archive": 0, "title": f"Bài số {number}",
        "alias": f"Bai-so-{number}", "hometext": "<p>Lời&nbsp;dẫn</p>", "author": "Tuấn Hưng", "sourceid": 1,
        "homeimgfile": "NULL", "homeimgalt": "", "total_rating": 54, "click_rating": 12,
    }  # fmt: skip
    return plain | changes


@pytest.fixture
def export(tmp_path):
    """Writes the tables of a site: a section in a section, and the articles a test names."""

    def write(*rows, bodies=None, **tables):
        given = {
            "cat": [
                {"catid": 2, "parentid": 1, "title": "Học tập", "alias": "hoc-tap", "description": "NULL", "numlinks": 3},
                {"catid": 1, "parentid": 0, "title": "Xây dựng Đảng", "alias": "Xay-dung-Dang", "description": "", "numlinks": 3},
            ],
            "rows": rows or [row()],
            "detail": [{"id": each["id"], "bodyhtml": (bodies or {}).get(each["id"], "<p>Nội dung</p>"), "sourcetext": ""} for each in rows or [row()]],
            "sources": [{"sourceid": 1, "title": "Báo Cao Bằng", "link": "NULL"}],
            "tags_id": [{"id": 1234, "tid": 1, "keyword": "nêu gương"}, {"id": 1234, "tid": 2, "keyword": "học tập"}],
        } | tables  # fmt: skip
        for name, lines in given.items():
            with (tmp_path / f"nv4_vi_news_{name}.csv").open("w", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS[name])
                writer.writeheader()
                writer.writerows(lines)
        (tmp_path / "nv4_vi_news_block_cat.csv").write_text("bid,title\n1,Khối\n")
        return tmp_path

    return write


def read(folder):
    return nukeviet.read(folder, at=make.NOON)


def taken(folder):
    return importing.take_over(export=read(folder), folder=folder, by=make.clerk(), at=make.NOON)


def body(article):
    return [(block.block_type, block.value) for block in article.body]


def prose(article):
    return "".join(value.source for kind, value in body(article) if kind == "text")


def test_an_article_comes_with_its_day_section_words_stars_and_source(export):
    [article] = taken(export()).articles
    article = ArticlePage.objects.get(pk=article.pk)

    assert (article.title, article.lead, article.slug) == ("Bài số 1234", "Lời dẫn", "bai-so-1234")
    assert article.address() == "/tin-tuc/2024/01/bai-so-1234/"
    assert article.get_parent().specific.address() == "/tin-tuc/hoc-tap/"
    assert (article.author, article.source) == ("Tuấn Hưng", "Báo Cao Bằng")
    assert (article.points_before, article.votes_before) == (54, 12)
    assert sorted(tag.name for tag in article.tags.all()) == ["học tập", "nêu gương"]


def test_a_section_stands_in_the_section_it_stood_in(export):
    folder = export(cat=[
        {"catid": 9, "parentid": 1, "title": "Ở cơ sở", "alias": "o-co-so"},
        {"catid": 1, "parentid": 0, "title": "Xây dựng Đảng", "alias": "Xay-dung-Dang"},
    ], rows=[row(catid=9)])  # fmt: skip

    taken(folder)

    section = SectionPage.objects.get(slug="o-co-so")
    assert section.get_parent().specific == SectionPage.objects.get(slug="xay-dung-dang")


@pytest.mark.parametrize(
    "old",
    ["/news/hoc-tap/bai-so-1234.html", "/vi/news/Hoc-tap/Bai-so-1234.html", "/hoc-tap/bai-so-1234.html"],
)  # fmt: skip
def test_every_old_address_of_an_article_leads_to_it_for_good(export, client, old):
    taken(export())

    answer = client.get(old)

    assert (answer.status_code, answer["Location"]) == (301, "/tin-tuc/2024/01/bai-so-1234/")


def test_the_old_address_of_a_section_leads_to_it_and_an_unknown_one_nowhere(export, client):
    taken(export())

    assert client.get("/news/hoc-tap/")["Location"] == "/tin-tuc/hoc-tap/"
    assert client.get("/news/hoc-tap/khac-99.html").status_code == 404
    assert client.get("/news/khong-co/").status_code == 404


def test_the_same_export_brought_again_adds_nothing(export):
    folder = export()
    taken(folder)

    assert taken(folder).articles == []
    assert ArticlePage.objects.count() == 1


def test_two_articles_of_one_name_keep_an_address_each(export):
    found = taken(export(row(1), row(2, alias="Bai-so-1"))).articles

    assert [each.slug for each in found] == ["bai-so-1", "bai-so-1-2"]


def test_what_nobody_reads_and_what_could_run_is_left_out_but_no_words_are(export):
    html = (
        '<div class="x"><h4 style="color:red">Đề mục</h4><p onclick="x()">Chữ <b>đậm</b> --&gt;</p><!-- thừa -->'
        '<script>alert(1)</script><svg><text>ẩn</text></svg><iframe src="//khac"></iframe>'
        '<a href="javascript:x()">liên kết</a></div><table><tr><td>Xã A</td><td>12</td></tr></table>Chữ trần &lt;b&gt;'
    )  # fmt: skip
    [article] = taken(export(bodies={1234: html})).articles

    said = prose(ArticlePage.objects.get(pk=article.pk))

    assert "<h3>Đề mục</h3>" in said
    assert "<p>Chữ <b>đậm</b>" in said
    assert "Xã A · 12" in said
    assert "Chữ trần &lt;b&gt;" in said
    for bad in ("alert", "ẩn", "iframe", "javascript", "style", "onclick", "--", "thừa", "div", "table"):  # fmt: skip
        assert bad not in said


def picture(color="red"):
    file = io.BytesIO()
    Pillow.new("RGB", (1200, 800), color).save(file, "JPEG")
    return file.getvalue()


def test_photos_that_came_along_stand_where_they_stood(export):
    html = '<p>Trước</p><p><img src="/uploads/news/2024/a.jpg" alt="Bà con đổ bê tông"></p><p>Sau</p><img src="/uploads/mat.jpg">'
    folder = export(row(homeimgfile="2024/a.jpg", homeimgalt="Đường xóm mới"), bodies={1234: html})
    (folder / "uploads/news/2024").mkdir(parents=True)
    (folder / "uploads/news/2024/a.jpg").write_bytes(picture())

    [article] = taken(folder).articles
    article = ArticlePage.objects.get(pk=article.pk)

    assert [kind for kind, _value in body(article)] == ["text", "photo", "text"]
    assert body(article)[1][1]["image"] == article.photo
    assert article.photo_alt == "Đường xóm mới"


@pytest.mark.parametrize("content", [b"not a picture", b"\xff\xd8\xff\xe0 broken", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])  # fmt: skip
def test_what_is_no_picture_is_left_out_and_the_article_still_comes(export, content):
    folder = export(row(homeimgfile="a.jpg"))
    (folder / "uploads/news").mkdir(parents=True)
    (folder / "uploads/news/a.jpg").write_bytes(content)

    [article] = taken(folder).articles

    assert article.photo is None


def test_no_file_outside_the_export_is_read(export, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("khac") / "a.jpg"
    elsewhere.write_bytes(picture())
    folder = export(row(homeimgfile=f"../../../{elsewhere.parent.name}/a.jpg"))
    assert (folder / "uploads/news" / f"../../../{elsewhere.parent.name}/a.jpg").name == "a.jpg"

    [article] = taken(folder).articles

    assert article.photo is None


@pytest.mark.parametrize(
    "changes",
    [
        {"status": 0},
        {"publtime": int(make.NOON.timestamp()) + 60},
        {"exptime": OUT + 60},
    ],
)
def test_what_readers_did_not_see_is_left_behind_and_noted(export, changes):
    found = read(export(row(**changes)))

    assert (found.drafts, found.problems) == ([], [])
    assert [each.problem.column for each in found.notes] == ["status"]


@pytest.mark.parametrize(
    ("changes", "column", "said"),
    [
        ({"catid": 7}, "catid", "Không có chuyên mục số “7”"),
        ({"publtime": "18/01/2024"}, "publtime", "số giây"),
        ({"title": ""}, "title", "không có tên"),
        ({"id": "x"}, "id", "Không đọc được số"),
    ],
)
def test_a_bad_row_is_told_with_its_file_line_and_column(export, changes, column, said):
    found = read(export(row(1), row(2) | changes))

    [(file, problem)] = found.problems
    assert (file, problem.line, problem.column) == ("nv4_vi_news_rows.csv", 3, column)
    assert said in problem.vi
    assert [draft.number for draft in found.drafts] == [1]


def test_an_article_without_a_body_or_there_twice_is_told(export):
    folder = export(row(1), row(1), row(2), detail=[{"id": 1, "bodyhtml": "<p>Có</p>"}])

    assert [each.problem.vi for each in read(folder).problems] == [
        "Bài số 1 đã có ở dòng 2.",
        "Bảng detail không có nội dung của bài số 2.",
    ]


def test_a_missing_table_and_a_missing_column_are_named(export):
    folder = export()
    (folder / "nv4_vi_news_rows.csv").write_text("id,catid\n1,2\n")
    with pytest.raises(UnreadableFileError, match=r"nv4_vi_news_rows\.csv: Thiếu cột “status”"):
        read(folder)
    (folder / "nv4_vi_news_detail.csv").unlink()
    (folder / "nv4_vi_news_rows.csv").unlink()
    with pytest.raises(UnreadableFileError, match=r"thiếu bảng …_rows\.csv, …_detail\.csv"):
        read(folder)


def test_an_export_in_an_old_code_is_refused_with_what_to_do(export):
    folder = export()
    (folder / "nv4_vi_news_cat.csv").write_bytes("catid,parentid,title,alias\n1,0,Häc tËp,a\n".encode("latin-1"))  # fmt: skip

    with pytest.raises(UnreadableFileError, match="không phải chữ Unicode"):
        read(folder)


def test_a_body_longer_than_spreadsheets_allow_is_read(export):
    [article] = taken(export(bodies={1234: "<p>" + "dài " * 60_000 + "</p>"})).articles

    assert len(prose(article)) > 200_000


def test_only_a_founder_takes_over(export):
    folder = export()

    with pytest.raises(NotAllowedError):
        importing.take_over(export=read(folder), folder=folder, by=make.person(), at=make.NOON)


def ordered(*words):
    out, err = StringIO(), StringIO()
    call_command("portal", "import", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_dry_run_tells_and_takes_nothing(export):
    out, err = ordered(str(export(row(1), row(2, status=0))), "--dry-run")

    assert "1 bài mới trong 2 chuyên mục; 0 bài đã có; 1 bài bỏ lại; 0 lỗi." in out
    assert "nv4_vi_news_rows.csv, dòng 3, status: Bỏ lại" in err
    assert ArticlePage.objects.count() == 0


def test_a_mistake_holds_all_back_unless_the_good_ones_are_asked_for(export, tmp_path):
    make.clerk()
    folder = export(row(1), row(2, title=""))
    with pytest.raises(CommandError, match="Chưa chuyển bài nào"):
        ordered(str(folder), "--yes")

    out, _err = ordered(str(folder), "--yes", "--load-good", "--redirects", str(tmp_path / "r.csv"))

    assert "Đã chuyển 1 bài." in out
    assert "…-1.html,/tin-tuc/2024/01/bai-so-1/" in (tmp_path / "r.csv").read_text("utf-8-sig")
