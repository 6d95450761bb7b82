"""What the made-up activities are called. No person and no village is named."""

from random import Random

STYLES = (
    "phong cách làm việc",
    "phong cách ứng xử",
    "phong cách sống thanh cao, giản dị",
    "phong cách tư duy",
    "phong cách diễn đạt",
    "phong cách quần chúng, dân chủ",
    "phong cách tự mình nêu gương",
)
MEETING = "Sinh hoạt chi bộ thường kỳ"
_TALKS = (
    "Sinh hoạt dưới cờ: thực hành tiết kiệm",
    "Sinh hoạt dưới cờ: nêu gương của cán bộ, đảng viên",
    "Sinh hoạt dưới cờ: sửa đổi lối làm việc",
    "Sinh hoạt dưới cờ: nói đi đôi với làm",
)
_THEMES = (
    "Chuyên đề: chủ động, trách nhiệm trong công việc",
    "Chuyên đề: chống tư tưởng trông chờ, ỷ lại",
    "Chuyên đề: tự lực, tự cường",
    "Chuyên đề: gần dân, trọng dân",
)
_SERVICE = (
    "Giúp nhau mùa cấy, gặt",
    "Vệ sinh đường làng, ngõ xóm",
    "Thùng quyên góp “một miếng khi đói bằng một gói khi no”",
    "Nuôi lợn nhựa tiết kiệm",
    "Bỏ tiền ống tre",
    "Tiết kiệm chi tiêu trong gia đình",
    "Thực hiện vệ sinh an toàn thực phẩm",
)
_VISITS = (
    "Trao đổi kinh nghiệm xây dựng mô hình",
    "Trao đổi cách làm hay trong học và làm theo Bác",
)
_PROPAGANDA = {
    "phat-thanh": "Phát thanh chuyên mục học và làm theo Bác",
    "mang-xa-hoi": "Trả lời người dân qua Zalo về an ninh trật tự, thủ tục hành chính",
    "ke-chuyen": "Kể chuyện về tấm gương đạo đức Hồ Chí Minh",
    "toa-dam": "Tọa đàm học và làm theo Bác",
    "pa-no": "Treo pa nô, khẩu hiệu tuyên truyền chuyên đề năm",
    "hoi-thi": "Hội thi tìm hiểu tư tưởng, đạo đức, phong cách Hồ Chí Minh",
}
_DOCUMENTS = (
    "Kế hoạch thực hiện chuyên đề năm",
    "Công văn đôn đốc thực hiện chuyên đề năm",
    "Hướng dẫn sinh hoạt chuyên đề",
)
# Movements that communes launch or answer; each is one that the article names.
_LAUNCHED = (
    "Toàn dân đoàn kết xây dựng đời sống văn hóa",
    "Cả nước chung sức xây dựng nông thôn mới",
    "Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau",
    "Toàn dân bảo vệ an ninh Tổ quốc",
    "Dân vận khéo",
    "Nông dân sản xuất, kinh doanh giỏi",
)


def conference(chance: Random, year: int) -> str:
    verb = chance.choice(("Học tập, quán triệt", "Quán triệt, triển khai", "Tuyên truyền"))
    return f"{verb} chuyên đề năm {year}"


def flag_talk(chance: Random) -> str:
    return chance.choice(_TALKS)


def theme(chance: Random) -> str:
    return chance.choice(_THEMES)


def service(chance: Random) -> str:
    return chance.choice(_SERVICE)


def visit(chance: Random) -> str:
    return chance.choice(_VISITS)


def propaganda(kind: str) -> str:
    return _PROPAGANDA[kind]


def document(chance: Random) -> str:
    return chance.choice(_DOCUMENTS)


def launch(chance: Random) -> str:
    return f"Phát động, hưởng ứng “{chance.choice(_LAUNCHED)}”"


def launched_by(title: str) -> str:
    """The movement that the title of a launch names."""
    return title.partition("“")[2].rstrip("”")
