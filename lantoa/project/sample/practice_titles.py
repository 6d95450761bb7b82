"""What the made-up practices are called, and how they are done. The six of the Women's Union are the article's; no person is named."""

from typing import NamedTuple


class Called(NamedTuple):
    """A practice in words. `shown_by`: the title of the records that show it, if there are any."""

    kind: str
    field: str
    title: str
    summary: str
    steps: tuple[str, ...]
    needs: str
    cost: int | None
    shown_by: str = ""


# Lượt nuôi lợn nhựa …: named by the article; how they are done is made up.
WOMEN = (
    Called(
        "mo-hinh",
        "kinh-te",
        "Nuôi lợn nhựa tiết kiệm",
        "Mỗi hội viên nuôi một con lợn nhựa, mỗi ngày bỏ vài nghìn; cuối năm mổ lợn, góp vốn cho chị em khó khăn vay xoay vòng không lãi.",
        (
            "Chi hội mua lợn nhựa, đánh số, giao cho từng hội viên",
            "Mỗi ngày bỏ ít nhất hai nghìn đồng",
            "Mỗi quý cả chi hội xem lại một lần, nhắc nhau",
            "Cuối năm mổ lợn, ghi sổ, họp chọn người vay",
            "Người vay trả dần, không lãi, quay vòng cho người sau",
        ),
        "Chi hội trưởng giữ sổ, mỗi hội viên một con lợn",
        900_000,
        "Nuôi lợn nhựa tiết kiệm",
    ),
    Called(
        "mo-hinh",
        "kinh-te",
        "Bỏ tiền ống tre",
        "Mỗi nhà treo một ống tre cạnh bếp, bán được con gà, mớ rau thì bỏ một ít; dịp Tết bổ ống mua giống, phân bón.",
        (
            "Chọn ống tre già, đục một khe, khắc tên xóm",
            "Treo nơi cả nhà nhìn thấy",
            "Bán được gì thì bỏ một phần",
            "Bổ ống cùng một ngày, ghi vào sổ chi hội",
        ),
        "Mỗi nhà một ống tre, một người ghi sổ",
        0,
        "Bỏ tiền ống tre",
    ),
    Called(
        "cach-lam",
        "kinh-te",
        "Tiết kiệm chi tiêu trong gia đình",
        "Ghi sổ thu chi từng tháng, bớt một khoản không cần, cưới hỏi giỗ chạp làm gọn; số bớt được để dành cho con đi học.",
        (
            "Phát sổ thu chi, hướng dẫn ghi trong một buổi sinh hoạt",
            "Mỗi tháng chọn một khoản để bớt",
            "Ba tháng một lần kể lại cho nhau nghe",
        ),
        "Một chị biết tính toán hướng dẫn ghi sổ",
        300_000,
        "Tiết kiệm chi tiêu trong gia đình",
    ),
    Called(
        "mo-hinh",
        "van-hoa-xa-hoi",
        "Thùng quyên góp “một miếng khi đói bằng một gói khi no”",
        "Đặt thùng ở nhà văn hóa, ai có gì góp nấy; mỗi tháng mở thùng trước dân, giúp nhà gặp hoạn nạn trong xóm.",
        (
            "Đóng thùng có khóa, hai người giữ hai chìa",
            "Họp xóm thống nhất giúp ai trước",
            "Mở thùng ngày cuối tháng, đọc số trước mọi người",
            "Dán giấy công khai ở nhà văn hóa",
        ),
        "Hai người giữ chìa, trưởng xóm chứng kiến",
        450_000,
        "Thùng quyên góp “một miếng khi đói bằng một gói khi no”",
    ),
    Called(
        "phan-viec",
        "van-hoa-xa-hoi",
        "Thực hiện vệ sinh an toàn thực phẩm",
        "Chi hội cam kết trồng rau không thuốc cấm, bếp đám cưới, đám hiếu một chiều sạch; nhắc nhau trước mỗi việc làng.",
        (
            "Ký cam kết theo nhóm liền nhà",
            "Chia phiên xem bếp trước ngày có việc",
            "Ghi sổ nguồn thịt, rau của mỗi bữa cỗ",
        ),
        "Tổ ba chị xem bếp, có y tế xóm giúp",
        600_000,
        "Thực hiện vệ sinh an toàn thực phẩm",
    ),
    Called(
        "cach-lam",
        "kinh-te",
        "Giúp nhau trong mùa cấy, gặt",
        "Đổi công theo lịch: nhà neo người được cấy, gặt trước; ai thiếu công thì trả vào vụ sau, không tính tiền.",
        (
            "Lập lịch cấy, gặt của cả xóm trước vụ",
            "Nhà neo người xếp lên trước",
            "Ghi công vào sổ, cuối vụ cộng lại",
            "Thiếu công thì trả vụ sau",
        ),
        "Mỗi nhà một đến hai công mỗi vụ",
        0,
        "Giúp nhau mùa cấy, gặt",
    ),
)

ZALO = "Trả lời người dân qua Zalo về an ninh trật tự, thủ tục hành chính"
_GUARD = (
    "Khảo sát, chọn nơi làm điểm",
    "Họp dân, bầu tổ, ký cam kết",
    "Chia lịch trực, giao một người ghi sổ",
    "Mỗi tháng họp một lần, rút kinh nghiệm",
)
_SERVE = (
    "Chọn việc dân phải đi lại nhiều nhất",
    "Phân công cán bộ theo ngày, niêm yết số điện thoại",
    "Trả kết quả đúng hẹn, trễ thì xin lỗi bằng lời",
    "Cuối tháng đếm số việc trễ, tìm nguyên nhân",
)
_TEACH = (
    "Soạn nội dung ngắn, có ví dụ trên địa bàn",
    "Nói bằng tiếng Việt và tiếng dân tộc",
    "Hỏi lại ba câu xem người nghe nhớ gì",
)
_SELF = (
    "Mỗi người tự đăng ký một việc phải sửa",
    "Chi bộ nghe lại vào buổi sinh hoạt đầu tháng",
    "Việc chưa xong ghi rõ vì sao, đến bao giờ",
)
# Kind, field, name with a place for each of three, what for, how, records that show it.
POLICE = (
    ("mo-hinh", "quoc-phong-an-ninh", "Nhóm Zalo “{}”", ("Bình yên thôn xóm", "Tiểu thương chợ phiên", "Chủ nhà trọ, khách trọ"), "Nhóm Zalo có công an trả lời trong ngày về an ninh trật tự và thủ tục hành chính.", _SERVE, ZALO),
    ("cach-lam", "he-thong-chinh-tri", "Trả lời tin nhắn của dân {}", ("trong ngày làm việc", "cả ngày nghỉ", "bằng tiếng Tày, Nùng, Mông"), "Tin nhắn tới trang của đơn vị có người trực trả lời, hỏi lại cho rõ, hẹn ngày có kết quả.", _SERVE, ZALO),
    ("mo-hinh", "quoc-phong-an-ninh", "Camera an ninh {}", ("đầu xóm", "cổng trường, trạm y tế", "chợ phiên"), "Dân góp, doanh nghiệp ủng hộ, công an quản lý hình ảnh; mất trộm giảm, tìm được xe gây tai nạn.", _GUARD, ""),
    ("mo-hinh", "quoc-phong-an-ninh", "Tiếng kẻng an ninh {}", ("xóm vùng cao", "xóm giáp biên", "khu tái định cư"), "Một hồi kẻng báo việc gấp, cả xóm biết phải làm gì, ai đi trước.", _GUARD, ""),
    ("mo-hinh", "quoc-phong-an-ninh", "Tổ tự quản {}", ("đường biên, cột mốc", "an ninh trật tự liền nhà", "tàu thuyền, bến bãi ven sông"), "Tổ của dân, có lịch tuần tra, báo tin cho công an và bộ đội biên phòng.", _GUARD, ""),
    ("mo-hinh", "van-hoa-xa-hoi", "Cổng trường {}", ("an toàn giao thông", "không ùn tắc giờ tan học", "không bạo lực, không ma túy"), "Nhà trường, phụ huynh và công an chia ca đứng cổng, kẻ vạch, nhắc đội mũ.", _GUARD, ""),
    ("phan-viec", "he-thong-chinh-tri", "Cấp căn cước lưu động {}", ("ngày thứ Bảy ở xóm xa", "tại nhà người già yếu", "ở trường học cuối cấp"), "Đưa máy tới nơi dân ở, làm xong hồ sơ một lần đến.", _SERVE, ""),
    ("phan-viec", "he-thong-chinh-tri", "Hướng dẫn định danh điện tử {}", ("tại nhà văn hóa xóm", "ở chợ phiên", "cho người cao tuổi"), "Mỗi buổi hai cán bộ, mười máy; ai chưa làm được thì hẹn buổi sau.", _SERVE, ""),
    ("mo-hinh", "quoc-phong-an-ninh", "Tổ liên gia {}", ("phòng cháy, chữa cháy", "phòng trộm cắp", "phòng, chống đuối nước"), "Mươi nhà liền nhau có chuông báo, bình chữa cháy, biết gọi nhau.", _GUARD, ""),
    ("mo-hinh", "quoc-phong-an-ninh", "Điểm chữa cháy công cộng {}", ("khu chợ", "khu dân cư ngõ hẹp", "bìa rừng"), "Tủ dụng cụ đặt ngoài đường, ai cũng mở được, mỗi quý thử một lần.", _GUARD, ""),
    ("cach-lam", "quoc-phong-an-ninh", "Mỗi tuần một tin {}", ("phòng lừa đảo qua mạng", "phòng mua bán người", "phòng, chống ma túy"), "Một tin ngắn, một câu chuyện có thật trên địa bàn, phát loa và gửi nhóm xóm.", _TEACH, ""),
    ("cach-lam", "van-hoa-xa-hoi", "Tuyên truyền pháp luật {}", ("bằng tiếng dân tộc", "qua phiên tòa giả định", "bằng hát then, đàn tính"), "Nói điều dân hay vấp, bằng lời dân quen nghe.", _TEACH, ""),
    ("mo-hinh", "van-hoa-xa-hoi", "Con nuôi của {}", ("công an xã", "đội cảnh sát cơ động", "chi đoàn thanh niên công an"), "Nhận đỡ đầu học sinh mồ côi tới hết lớp 12: tiền ăn, góc học tập, người kèm.", _SELF, ""),
    ("mo-hinh", "van-hoa-xa-hoi", "Hũ gạo {}", ("tình thương của chiến sĩ", "cho người già neo đơn", "tiếp bước em tới trường"), "Mỗi bữa bớt một nắm, cuối tháng cân trước đơn vị, mang tới tận nhà.", _SELF, ""),
    ("mo-hinh", "quoc-phong-an-ninh", "Dòng họ tự quản {}", ("về an ninh trật tự", "không có người vi phạm", "không tảo hôn"), "Trưởng họ đứng ra nhắc con cháu, công an giúp hiểu luật.", _GUARD, ""),
    ("phan-viec", "quoc-phong-an-ninh", "Chợ phiên {}", ("bình yên", "không pháo nổ, pháo lậu", "không say rượu lái xe"), "Ngày phiên có tổ đi bộ, bàn nhận tin, nơi gửi xe có người trông.", _GUARD, ""),
    ("cach-lam", "he-thong-chinh-tri", "Giao ban {}", ("mười lăm phút sáng thứ Hai", "đứng, không giấy tờ", "có nghe ý kiến của dân"), "Mỗi người nói ba câu: đã xong gì, hôm nay làm gì, vướng ở đâu.", _SELF, ""),
    ("cach-lam", "he-thong-chinh-tri", "Một cửa {}", ("không hẹn lại lần hai", "cười, chào, xin lỗi, cảm ơn", "có ghế cho người già, trẻ nhỏ"), "Dân đến một lần là xong, hoặc được nói rõ thiếu gì, viết ra giấy.", _SERVE, ""),
    ("cach-lam", "he-thong-chinh-tri", "Hồ sơ {}", ("số hóa trong ngày", "vụ việc không để quá hạn", "mẫu dùng chung một lần nhập"), "Nhận giấy ngày nào quét ngày ấy; tìm một hồ sơ không quá một phút.", _SELF, ""),
    ("phan-viec", "he-thong-chinh-tri", "Mỗi chiến sĩ {}", ("một việc tốt mỗi ngày", "một điều lệnh mỗi tuần", "một hộ dân để hiểu, để giúp"), "Việc nhỏ, tự ghi, chi đoàn đọc lại mỗi tháng.", _SELF, ""),
    ("phan-viec", "van-hoa-xa-hoi", "Ngày chủ nhật {}", ("làm đường cùng dân", "cắt tóc cho học sinh nội trú", "sửa điện, sửa nhà giúp hộ khó khăn"), "Mỗi tháng một chủ nhật, mang dụng cụ và cơm theo.", _SELF, ""),
    ("mo-hinh", "quoc-phong-an-ninh", "Đường dây nóng {}", ("báo tin tội phạm", "chống buôn lậu qua biên giới", "tiếp sức mùa lũ"), "Một số máy, một người trực, gọi lại trong mười phút.", _SERVE, ""),
    ("phan-viec", "kinh-te", "Vườn rau, ao cá {}", ("của đơn vị", "tăng gia bếp ăn tập thể", "giúp bếp ăn học sinh nội trú"), "Đất trống quanh trụ sở thành rau xanh, cá sạch; phần dôi góp bếp ăn.", _SELF, ""),
    ("mo-hinh", "van-hoa-xa-hoi", "Hoàn lương {}", ("có nghề trong tay", "không ai bị bỏ lại", "vay vốn làm ăn"), "Người chấp hành xong án được đón về, có người bảo lãnh, có việc làm.", _GUARD, ""),
    ("cach-lam", "quoc-phong-an-ninh", "Nghe dân nói {}", ("tối thứ Năm hằng tuần", "tại nhà trưởng xóm", "trước khi chốt kế hoạch"), "Công an ngồi nghe trước, ghi lại, tuần sau trả lời từng điều.", _SERVE, ""),
    ("mo-hinh", "quoc-phong-an-ninh", "Xóm {}", ("không ma túy", "không tội phạm, không tệ nạn", "không người vượt biên trái phép"), "Cam kết của cả xóm, mỗi quý xem lại từng nhà.", _GUARD, ""),
    ("phan-viec", "quoc-phong-an-ninh", "Tuần tra {}", ("đêm hằng đêm theo lịch dân chọn", "khép kín giáp ranh", "cùng dân quân và biên phòng"), "Lịch đổi mỗi tuần, có sổ giao ca.", _GUARD, ""),
    ("cach-lam", "he-thong-chinh-tri", "Sinh hoạt chi bộ {}", ("gắn một việc đang vướng", "học một đức tính của Bác", "có người dân dự và góp ý"), "Mỗi kỳ chọn một việc, bàn tới cùng, kỳ sau hỏi lại.", _SELF, ""),
    ("phan-viec", "kinh-te", "Tiết kiệm {}", ("điện, nước, xăng xe", "vật tư, văn phòng phẩm", "trong đám cưới, đám hiếu"), "Đặt mức từ đầu năm, công khai từng tháng.", _SELF, ""),
    ("mo-hinh", "kinh-te", "Tổ giúp nhau {}", ("con giống, cây giống", "dựng chuồng, đào ao", "tiêu thụ nông sản qua mạng"), "Chiến sĩ góp công, góp giống; hộ được giúp trả bằng giống cho hộ sau.", _SELF, ""),
)  # fmt: skip

# Of Party organisations, from 2024 on. All made up.
PARTY = (
    ("cach-lam", "he-thong-chinh-tri", "Sổ tay “việc hứa với dân”", "Bí thư chi bộ ghi điều đã hứa, ngày hứa, ngày xong; đọc lại trước dân mỗi quý."),
    ("cach-lam", "he-thong-chinh-tri", "Sinh hoạt chuyên đề tại nơi khó", "Kỳ sinh hoạt đặt ở nơi đang vướng: con đường, hộ nghèo, bãi rác; bàn xong giao việc ngay."),
    ("mo-hinh", "van-hoa-xa-hoi", "Đường hoa thay rác", "Đoạn đường hay đổ rác thành đường hoa, mỗi chi bộ một đoạn, mỗi tháng một buổi."),
    ("mo-hinh", "kinh-te", "Tổ hợp tác trồng dẻ, hồi dưới tán rừng", "Đảng viên làm trước ba vụ, có lãi mới vận động dân cùng làm."),
    ("phan-viec", "he-thong-chinh-tri", "Đảng viên phụ trách hộ", "Mỗi đảng viên nhận ba đến năm hộ: biết việc, báo việc, giúp việc."),
    ("mo-hinh", "van-hoa-xa-hoi", "Tủ sách Bác Hồ ở nhà văn hóa", "Sách, báo, chuyện kể; mỗi tháng một buổi đọc cho trẻ em nghe."),
    ("mo-hinh", "kinh-te", "Ngân hàng bò giống của chi bộ", "Hộ nhận bò cái trả lại một bê cho hộ sau; chi bộ giữ sổ, thú y giúp tiêm."),
    ("cach-lam", "he-thong-chinh-tri", "Họp không giấy, kết luận trong ngày", "Gửi tài liệu trước, họp không quá chín mươi phút, kết luận một trang gửi ngay chiều."),
    ("mo-hinh", "van-hoa-xa-hoi", "Giữ tiếng, giữ nghề", "Người già dạy lớp trẻ hát then, dệt, rèn vào tối thứ Bảy."),
    ("phan-viec", "kinh-te", "Thắp sáng đường quê", "Dân góp, đảng viên góp trước; mỗi cột đèn có nhà trông."),
    ("mo-hinh", "quoc-phong-an-ninh", "Xóm giáp biên bốn tự quản", "Tự quản đường biên, an ninh, vệ sinh, hòa giải; bốn tổ, bốn sổ."),
    ("cach-lam", "he-thong-chinh-tri", "Nêu gương một việc, công khai một việc", "Người đứng đầu mỗi quý nêu một việc sẽ làm, cuối quý công khai kết quả."),
    ("mo-hinh", "kinh-te", "Điểm bán nông sản qua mạng của đoàn thể", "Chụp ảnh, viết lời, đóng gói giúp dân; công khai giá mua, giá bán."),
    ("phan-viec", "van-hoa-xa-hoi", "Hiến đất, góp công mở đường", "Họp từng nhà có đất, đảng viên hiến trước, ghi tên đoạn đường theo xóm."),
    ("cach-lam", "he-thong-chinh-tri", "Chấm công việc bằng sản phẩm", "Giao việc có con số, cuối tháng đối chiếu con số với hồ sơ."),
    ("mo-hinh", "van-hoa-xa-hoi", "Ba sạch: sạch nhà, sạch bếp, sạch ngõ", "Chấm chéo giữa các xóm, nhà đạt treo biển, nhà chưa đạt có người giúp."),
    ("mo-hinh", "kinh-te", "Vườn ươm cây giống của thanh niên", "Ươm mác rạc, quế, hồi; bán rẻ cho hộ nghèo, lấy lãi góp quỹ."),
    ("phan-viec", "quoc-phong-an-ninh", "Tổ công nghệ số cộng đồng đêm thứ Ba", "Dạy dân tránh lừa đảo mạng, nộp hồ sơ, trả tiền điện."),
)  # fmt: skip
PARTY_STEPS = _SELF
# For which of the article's movements a practice is kept, by its name; those of the Police for security, by their field.
OF_SECURITY = "Toàn dân bảo vệ an ninh Tổ quốc"
OF_MOVEMENTS = {
    "Sổ tay “việc hứa với dân”": "Dân vận khéo",
    "Đảng viên phụ trách hộ": "Dân vận khéo",
    "Hiến đất, góp công mở đường": "Dân vận khéo",
    "Đường hoa thay rác": "Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh",
    "Thắp sáng đường quê": "Cả nước chung sức xây dựng nông thôn mới",
    "Tổ hợp tác trồng dẻ, hồi dưới tán rừng": "Nông dân sản xuất, kinh doanh giỏi",
    "Điểm bán nông sản qua mạng của đoàn thể": "Nông dân sản xuất, kinh doanh giỏi",
    "Vườn ươm cây giống của thanh niên": "Nông dân sản xuất, kinh doanh giỏi",
    "Ngân hàng bò giống của chi bộ": "Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau",
    "Ba sạch: sạch nhà, sạch bếp, sạch ngõ": "Toàn dân đoàn kết xây dựng đời sống văn hóa",
    "Xóm giáp biên bốn tự quản": "Toàn dân tham gia bảo vệ chủ quyền lãnh thổ, an ninh biên giới quốc gia trong tình hình mới",
}
WHY_STOPPED = (
    "Thiếu người theo dõi sau khi sắp xếp lại xóm",
    "Làm theo phong trào, hết vụ thì thôi",
    "Không hợp với nhà neo người",
    "Gộp vào mô hình khác cùng nội dung",
    "Sổ sách không giữ được, dân không tin số",
    "Chi phí cao hơn phần tiết kiệm được",
)
