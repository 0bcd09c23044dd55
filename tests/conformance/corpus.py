"""A corpus of valid cases, made by chance from a seed: every type of document, every part of the model, every length.

The cases are no documents anyone would sign, but their phrases are those of offices, put together anew each time, so
that lines and pages break everywhere: in names, dates, numbers, quotations, addresses, tables. Case N of a seed is
always the same, however many are made.

    corpus.py OUT [--count N] [--seed N] [--only 17,33]

A case of an office with measures of its own has them beside it, in `mau/cau_hinh.yaml`; `root` gives the option that
makes the program use them. Without it the case is valid too.
"""

import argparse
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

FIRST_DAY, LAST_DAY = date(2025, 7, 1), date(2026, 11, 20)
LETTERS = "abcdđeghiklmn"
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
PLACEHOLDER = re.compile(r"\{(\w+)\}")

# The phrases. A name in braces stands for any phrase of that bank, or for what the method of that name makes.
BANKS = {
    "province": [
        "An Giang", "Cà Mau", "Lâm Đồng", "Thanh Hóa", "Đắk Lắk", "Quảng Ninh", "Đồng Tháp", "Tuyên Quang", "Điện Biên",
        "Thái Nguyên", "Gia Lai", "Hưng Yên",
    ],
    "area": ["tỉnh {province}", "tỉnh {province}", "thành phố Huế", "thành phố Cần Thơ", "Thành phố Hồ Chí Minh"],
    "commune": [
        "Rạch Giá", "Xuân Hương - Đà Lạt", "Hòn Đất", "Vĩnh Bình", "Mỹ Thới", "Phan Rang - Tháp Chàm", "Ea Súp",
        "Óc Eo", "Tân Hiệp", "An Hải", "Thới An Đông", "Nghĩa Lộ", "Bình Hưng Hòa", "Ô Môn", "Kiên Hải", "Phú Quốc",
    ],
    "family": ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Quách"],
    "middle": ["Văn", "Thị", "Hữu", "Minh", "Thị Ngọc", "Quốc", "Lê Phương", "Hoàng", "Thị Bích", "Đức", "Trọng", "Mỹ"],
    "given": ["An", "Bình", "Uyên", "Ngọc", "Thịnh", "Nghĩa", "Trường", "Hạnh", "Phúc", "Khương", "Ý", "Diễm", "Đức"],
    "person": ["{family} {middle} {given}"],
    "post": [
        "Giám đốc Sở", "Phó Giám đốc Sở", "Chánh Văn phòng", "Trưởng phòng Kế hoạch - Tài chính",
        "Phó Chủ tịch Ủy ban nhân dân tỉnh", "chuyên viên Phòng Văn thư - Lưu trữ", "Chánh Thanh tra tỉnh",
        "Giám đốc Trung tâm Phục vụ hành chính công", "Phó Trưởng Ban Quản lý Khu kinh tế",
    ],
    "who": [
        "Sở Nội vụ", "Sở Tài chính", "Sở Nông nghiệp và Môi trường", "Văn phòng UBND tỉnh", "Công an tỉnh",
        "các sở, ban, ngành tỉnh", "Ủy ban nhân dân các xã, phường, đặc khu", "UBND xã {commune}",
        "Kho bạc Nhà nước khu vực", "Trung tâm Phục vụ hành chính công",
        "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và nông nghiệp", "Đoàn kiểm tra liên ngành",
        "các cơ quan, đơn vị", "Tổ công tác", "Phòng Kế hoạch - Tài chính (KH-TC)", "Sở Khoa học và Công nghệ (KH&CN)",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội", "Thanh tra tỉnh", "các chủ đầu tư",
        "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", "Bộ Chỉ huy Quân sự tỉnh", "UBND TP. Hồ Chí Minh",
        "Phòng Kinh tế, Hạ tầng và Đô thị",
    ],
    "aux": [
        "đã", "tiếp tục", "đang", "chủ động", "phối hợp", "kịp thời", "thường xuyên", "có trách nhiệm", "tập trung",
    ],
    "do": [
        "rà soát, cập nhật {count} thủ tục hành chính thuộc phạm vi chức năng quản lý",
        "hoàn thành việc số hóa {count} hồ sơ, tài liệu lưu trữ giai đoạn {range}",
        "giải ngân {money}, đạt {percent} kế hoạch vốn được giao",
        "tham mưu cấp có thẩm quyền xem xét, quyết định việc điều chỉnh chủ trương đầu tư dự án",
        "tổ chức thực hiện {document} bảo đảm đúng tiến độ, tiết kiệm, hiệu quả",
        "kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính tại {count} cơ quan, đơn vị",
        "tuyên truyền, phổ biến {document} đến cán bộ, công chức, viên chức và người lao động",
        "đôn đốc các đơn vị thực hiện chế độ thông tin, báo cáo theo quy định tại {clause}",
        "bồi thường, hỗ trợ, tái định cư cho {count} hộ dân bị ảnh hưởng bởi dự án trên địa bàn xã {commune}",
        "triển khai Đề án 06, phong trào {quote} và các nhiệm vụ chuyển đổi số",
        "tiếp nhận {count} lượt công dân, {count} đơn khiếu nại, tố cáo, kiến nghị, phản ánh",
        "đăng tải, công khai kết quả trên Cổng dịch vụ công quốc gia ({address})",
        "kết nối, chia sẻ dữ liệu giữa các hệ thống thông tin, cơ sở dữ liệu dùng chung của hai cấp chính quyền",
        "bố trí kinh phí {money} từ nguồn sự nghiệp kinh tế để sửa chữa {length} đường và {count} cống thoát nước",
        "xây dựng kế hoạch phát triển kinh tế - xã hội (KT-XH) 5 năm {range}",
        "sắp xếp, xử lý {count} cơ sở nhà, đất dôi dư sau khi tổ chức lại đơn vị hành chính",
        "đào tạo, bồi dưỡng nghiệp vụ cho {count} lượt công chức, viên chức và/hoặc người hoạt động không chuyên trách",
        "cấp giấy chứng nhận quyền sử dụng đất cho {count} thửa với tổng diện tích {surface}",
        "phòng, chống dịch bệnh, thiên tai, cháy nổ; trực 24/24 giờ, 7 ngày/tuần",
        "lập biên bản, xử phạt vi phạm hành chính {count} trường hợp với số tiền {money}",
        "giải quyết dứt điểm các kiến nghị của cử tri nêu tại {document}",
        "thẩm định, phê duyệt quyết toán {count} dự án hoàn thành theo {clause}",
    ],
    "tail": [
        "", "", "", " trước {day}", " trong {period}", " theo {clause}", " trên địa bàn tỉnh {province}",
        " theo chỉ đạo của Chủ tịch UBND tỉnh tại {document}", ", bằng {percent} so với cùng kỳ năm {year}",
        " với tổng kinh phí {money}", " (có danh sách kèm theo)", " (giảm {percent} so với {period})",
        ", không để xảy ra tình trạng {fault}", " qua địa chỉ {address}",
        " – nhất là ở các xã vùng sâu, vùng xa, biên giới, hải đảo",
        ", bảo đảm “rõ người, rõ việc, rõ trách nhiệm, rõ thẩm quyền, rõ thời gian, rõ kết quả”",
        " … và các văn bản có liên quan", " theo tệp {file}", " theo hướng dẫn của Bộ Nội vụ, Bộ Tài chính",
        " đối với {who}",
    ],
    "sentence": [
        "{who} {aux} {do}{tail}.", "{who} {aux} {do}{tail}.", "{who} {aux} {do}{tail}; {do}{tail}.",
        "{who} {aux} {do}{tail}; {who} {aux} {do}{tail}.", "Trong {period}, {who} {aux} {do}{tail}.",
        "Tính đến hết {day}, {who} {aux} {do}; trong đó, {who} {do}{tail}.",
        "Thực hiện {document}, {who} {aux} {do}{tail}.",
        "Tổng thu ngân sách nhà nước trên địa bàn đạt {money} (bằng {percent} dự toán), trong đó thu nội địa là {money}.",
        "Căn cứ {clause}, {who} {aux} {do}{tail}.", "Tuy nhiên, việc {do} còn chậm{tail}.",
        "Tỷ lệ hồ sơ giải quyết trước hạn và đúng hạn đạt {percent}, tăng {percent} so với {period}; mức độ hài lòng ≥ 95,5%.",
        "Đến {time} {day}, mực nước đo được tại trạm {commune} là {length}, nhiệt độ 23-31°C, gió cấp 6 - 7, giật cấp 9.",
        "Nguyên nhân chủ yếu: (1) quy định tại {clause} chưa thống nhất; (2) {who} chưa chủ động; (3) nguồn lực còn hạn chế …",
        "Diện tích gieo trồng {period} là {surface}, năng suất bình quân 6,25 tấn/ha, sản lượng ước đạt {count} tấn.",
        "{person}, {post}, đề nghị {who} {do}{tail}.",
        "Ông (bà) {person} – {post} – chịu trách nhiệm theo dõi nội dung này{tail}.",
        "Dự án có tổng mức đầu tư {money}, thời gian thực hiện {range}, mã số {code}, quy mô {surface} và {length} đường nội bộ.",
        "Tại {document}, {who} được giao nhiệm vụ “tham mưu, xây dựng ‘Bộ chỉ số đánh giá’ và {do}”{tail}.",
        "Hồ sơ gửi về địa chỉ thư điện tử {email} hoặc qua Trục liên thông văn bản quốc gia, mã định danh {code}{tail}.",
        "{who} {do}.", "Kết quả đạt {percent}.", "Số liệu chi tiết tại {address}.",
    ],
    "lead": ["Kết quả cụ thể như sau:", "{who} thực hiện các nhiệm vụ sau:", "**Trong đó:**", "Theo {document}:"],
    "quote": [
        "“Toàn dân đoàn kết xây dựng đời sống văn hóa”", "“Bình dân học vụ số”",
        "“Cả nước thi đua xóa nhà tạm, nhà dột nát trong năm 2025”", "“Nụ cười công sở”", "“Mỗi xã một sản phẩm”",
    ],
    "fault": [
        "“đùn đẩy, né tránh trách nhiệm”", "“nợ đọng văn bản ‘một cửa’, ‘một cửa liên thông’”",
        "“sợ sai, sợ trách nhiệm”",
    ],
    "document": [
        "Nghị định số 30/2020/NĐ-CP {day} của Chính phủ về công tác văn thư",
        "Công văn số {number}/UBND-KSTT {day} của UBND tỉnh",
        "Quyết định số {number}/QĐ-TTg {day} của Thủ tướng Chính phủ", "Kế hoạch số {number}/KH-UBND",
        "Báo cáo số {number}/BC-UBND", "Nghị quyết số {number}/NQ-HĐND {day} của Hội đồng nhân dân tỉnh",
        "Nghị quyết số 57-NQ/TW của Bộ Chính trị", "Thông tư số {number}/2025/TT-BTC {day} của Bộ trưởng Bộ Tài chính",
        "Chỉ thị số {number}/CT-TTg", "Công văn số {number}/BKHĐT-KCHTĐT {day}",
        "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025",
    ],
    "clause": [
        "Điều 5", "khoản 2 Điều 12", "điểm a khoản 3 Điều 18 Nghị định số 30/2020/NĐ-CP",
        "điểm đ khoản 1 Điều 7 {document}", "các điểm a, b và c khoản 4 Điều 21 Luật Đầu tư công",
        "Mục II Phần I Phụ lục I {document}", "{document}", "{document}",
    ],
    "period": [
        "tháng 9/2025", "quý III/2025", "6 tháng đầu năm {year}", "9 tháng năm {year}", "giai đoạn {range}",
        "năm {year}", "tháng 10 năm 2025", "thời gian từ ngày 15/12/2024 đến ngày 14/6/2025",
        "các năm 2023, 2024 và 2025",
    ],
    "year": ["2023", "2024", "2025", "2026"],
    "range": ["2021-2023", "2021-2025", "2021 - 2025", "2026-2030", "2025–2027", "2016-2020"],
    "time": ["07 giờ 00", "08 giờ 30 phút", "17 giờ 00 phút", "13h30"],
    "address": [
        "https://dichvucong.gov.vn",
        "https://angiang.gov.vn/van-ban-chi-dao-dieu-hanh/chi-tiet?id=20251126&loai=bao_cao",
        "https://csdl.dichvucong.gov.vn/web/jsp/tthc/thong-ke-ket-qua-giai-quyet-ho-so-theo-linh-vuc.jsp",
        "sonoivu.angiang.gov.vn", "www.chinhphu.vn", "https://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID=141234",
    ],
    "email": [
        "sonoivu@angiang.gov.vn", "vanthu.luutru.vanphong-ubnd@thanhphohochiminh.gov.vn", "phongkhtc@dongthap.gov.vn",
    ],
    "file": [
        "BaoCao_TongHop_QuyIII_2025.docx",
        "Bieu_so_lieu_giai_ngan_von_dau_tu_cong_2025_UBND_tinh.xlsx",
    ],
    "code": ["000.00.15.H01", "7891234", "H01.15.2025-000123", "G09.18.02.01-251114-0007"],
    "topic": [
        "kết quả công tác cải cách hành chính {period}",
        "tình hình thực hiện kế hoạch phát triển kinh tế - xã hội {period}", "công tác văn thư, lưu trữ {period}",
        "kết quả thực hiện {document}", "việc rà soát, sắp xếp các cơ sở nhà, đất",
        "tiến độ giải ngân vốn đầu tư công {period} trên địa bàn tỉnh {province}", "công tác phòng, chống thiên tai",
        "tình hình tiếp công dân, giải quyết khiếu nại, tố cáo {period}", "chuyển đổi số", "phong trào {quote}",
        "việc triển khai Đề án 06 tại các xã, phường, đặc khu và kết quả kết nối, chia sẻ dữ liệu với Cơ sở dữ liệu quốc gia về dân cư",
    ],
    "regulation": [
        "công tác văn thư, lưu trữ", "làm việc của Ủy ban nhân dân xã {commune}",
        "tiếp công dân, xử lý đơn và giải quyết khiếu nại, tố cáo",
        "phối hợp giữa {who} và {who} trong quản lý nhà nước về đất đai",
        "quản lý, sử dụng tài sản công của các cơ quan, tổ chức, đơn vị",
    ],
    "scheme": [
        "số hóa tài liệu lưu trữ giai đoạn {range}", "cải cách hành chính nhà nước năm {year}", "thực hiện {document}",
        "chuyển đổi số và bảo đảm an toàn thông tin mạng năm {year}", "tuyên truyền, hưởng ứng phong trào {quote}",
    ],
    "act": [
        "thành lập Tổ công tác thực hiện {scheme}", "giao bổ sung {money} cho {who}", "phê duyệt Kế hoạch {scheme}",
        "điều động, bổ nhiệm ông {person} giữ chức vụ {post}", "kiện toàn Ban Chỉ đạo {scheme} và Tổ giúp việc",
    ],
    "danger": [
        "ứng phó bão số 10 và mưa lớn, ngập lụt, sạt lở đất", "phòng, chống cháy rừng tại xã {commune}",
        "xử lý sự cố sạt lở bờ sông",
    ],
    "more": [
        "; nhiệm vụ trọng tâm {period}", " và phương hướng, nhiệm vụ thời gian tới", " theo {document}",
        " trên địa bàn xã {commune}", "; đề xuất giải pháp tháo gỡ khó khăn, vướng mắc", " và {topic}", " (lần 2)",
        " phục vụ kỳ họp thứ 4",
    ],
    "heading": [
        "Kết quả thực hiện", "Đánh giá chung", "Tồn tại, hạn chế và nguyên nhân",
        "Công tác lãnh đạo, chỉ đạo, điều hành", "Cải cách thủ tục hành chính", "Về {topic}",
        "Nhiệm vụ, giải pháp trọng tâm {period}", "Đề xuất, kiến nghị",
        "Hạ tầng số, dữ liệu số và bảo đảm an toàn, an ninh mạng trong hoạt động của các cơ quan nhà nước trên địa bàn tỉnh",
        "Quản lý nhà nước về tài nguyên, môi trường", "Văn hóa - xã hội", "Thu, chi ngân sách", "Kinh phí",
        "Tổ chức thực hiện",
    ],
    "addressee": [
        "Bộ Nội vụ", "Bộ Tài chính", "Ủy ban nhân dân tỉnh {province}", "Sở Nội vụ", "Sở Tài chính",
        "Thường trực Tỉnh ủy", "Công an tỉnh", "Ngân hàng Nhà nước chi nhánh Khu vực 15",
        "Các Sở: Tài chính, Nội vụ, Xây dựng, Nông nghiệp và Môi trường", "Bộ Văn hóa, Thể thao và Du lịch",
        "Ủy ban nhân dân các xã, phường, đặc khu trên địa bàn tỉnh {province}",
        "Thủ trưởng các cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh, đơn vị sự nghiệp công lập trực thuộc Ủy ban nhân dân tỉnh",
        "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và nông nghiệp tỉnh {province}",
        "Tòa án nhân dân khu vực 3", "Văn phòng Chính phủ (Cục Kiểm soát thủ tục hành chính)",
        "Tổng Công ty Điện lực miền Nam – Công ty TNHH", "Bà {person}",
        "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", "Viện Kiểm sát nhân dân tỉnh",
        "UBND xã {commune}",
    ],
    "recipient": [
        "TT Tỉnh ủy, TT HĐND tỉnh (để b/c)", "Chủ tịch, các Phó Chủ tịch UBND tỉnh", "Chủ nhiệm Đề án",
        "LĐVP, các phòng: KT, TH, NC", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tỉnh",
        "Các Ban HĐND tỉnh", "Báo và Đài PT-TH tỉnh", "Cổng Thông tin điện tử tỉnh ({address})",
        "Phòng VH-XH xã {commune}", "Kiểm toán nhà nước khu vực V", "Trung tâm Công báo",
        "Các Sở: NV, TC, XD, NN&MT, KH&CN, GD&ĐT, VH,TT&DL; Thanh tra tỉnh", "Ông {person}", "Trang TTĐT Sở",
        "Như trên (để t/h)", "Văn phòng Trung ương Đảng, Văn phòng Quốc hội, Văn phòng Chủ tịch nước",
        "Đảng ủy UBND tỉnh", "PVP KT", "BCĐ Đề án 06",
        "Các doanh nghiệp, hợp tác xã, hộ kinh doanh trong Khu công nghiệp {commune} – giai đoạn 2",
        "UBND xã, phường: {commune}, {commune}", "Thủ tướng Chính phủ (để b/c)", "Các PTTg Chính phủ",
        "Cục Thống kê tỉnh", "Giám đốc, các PGĐ Sở", "Các đơn vị trực thuộc",
    ],
    "ground": [
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025", "Căn cứ {document}", "Căn cứ {document}",
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật ngày 19 tháng 02 năm 2025; Luật sửa đổi, bổ sung một số điều của Luật Ban hành văn bản quy phạm pháp luật ngày 25 tháng 6 năm 2025",
        "Căn cứ {clause}", "Xét đề nghị của {who} tại Tờ trình số {number}/TTr-SNV {day} về việc {topic}",
        "Thực hiện {document}", "Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2025",
        "Theo đề nghị của Chánh Văn phòng và {post}",
    ],
    "task": [
        "triển khai thực hiện {document}", "đẩy nhanh tiến độ giải ngân vốn đầu tư công {period}",
        "tăng cường kỷ luật, kỷ cương hành chính", "hướng dẫn một số nội dung về {topic}", "báo cáo {topic}",
        "cung cấp thông tin, số liệu về {topic}",
    ],
    "item": [
        "Đường tỉnh 943 (đoạn từ Quốc lộ 91 đến xã {commune})", "Trường Mầm non {commune}",
        "Nâng cấp đê bao tiểu vùng {number}", "Số hóa tài liệu lưu trữ giai đoạn {range}", "Trạm Y tế xã {commune}",
        "Cầu {commune}", "Hệ thống cấp nước tập trung xã {commune}", "Tệp BaoCao_QuyIII_2025.docx",
        "Mua sắm trang thiết bị dạy học tối thiểu lớp 5, lớp 9, lớp 12 theo {document}", "Xã {commune}",
        "Phường {commune}",
        "Xây dựng trụ sở làm việc Công an xã {commune}, hạng mục: nhà làm việc, nhà ăn, sân nền, cổng - hàng rào",
        "Sở Nội vụ",
    ],
    "note": [
        "Chuyển nguồn 2024-2025", "Theo {document}", "Đã nghiệm thu", "Vướng giải phóng mặt bằng", "{percent}", "x",
        "{do}",
    ],
    "unit": ["triệu đồng", "đồng", "người", "hồ sơ", "ha", "tỷ đồng"],
    "figure": [
        "Trung ương", "Địa phương", "Vốn đối ứng", "ODA", "Xã hội hóa", "NSTW", "NSĐP", "Trực tuyến", "Trực tiếp",
        "Qua bưu chính", "Nam", "Nữ", "Dưới 30 tuổi", "Từ 30 đến 45 tuổi", "Bản giấy", "Bản điện tử", "Quý I", "Quý II",
        "Quý III", "Quý IV",
    ],
    "family_of_figures": [
        "Kế hoạch năm {year}", "Giải ngân đến hết ngày 31/10/2025", "Số hồ sơ tiếp nhận", "Tổng mức đầu tư",
        "Lũy kế vốn đã bố trí đến hết kế hoạch năm {year}", "Đã giải quyết", "Kế hoạch trung hạn {range}",
    ],
    "group": [
        "Các dự án chuyển tiếp", "Các dự án khởi công mới năm {year}", "Lĩnh vực giao thông", "Cấp xã", "Cấp tỉnh",
        "Lĩnh vực văn hóa, thể thao, du lịch, giáo dục và đào tạo, khoa học và công nghệ, y tế, an sinh xã hội",
    ],
    "promise": ["không để phát sinh hồ sơ quá hạn do lỗi chủ quan", "hoàn thành {document} trước {day}", "{do}"],
}


@dataclass(frozen=True)
class Agency:
    """An agency by its names; the head gives the signature its lines. In the names, `|` is where a clerk may break."""

    superior: str
    name: str
    in_sentence: str
    code: str
    head: str
    collective: str = ""
    key: str = ""  # in the catalogue


AGENCIES = [
    Agency("ỦY BAN NHÂN DÂN|{area}", "SỞ NỘI VỤ", "Sở Nội vụ {area}", "SNV", "GIÁM ĐỐC"),
    Agency(
        "ỦY BAN NHÂN DÂN {area}", "SỞ VĂN HÓA, THỂ THAO|VÀ DU LỊCH",
        "Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL", "GIÁM ĐỐC",
    ),
    Agency("ỦY BAN NHÂN DÂN {area}", "SỞ NÔNG NGHIỆP|VÀ MÔI TRƯỜNG", "Sở", "SNNMT", "GIÁM ĐỐC"),
    Agency("", "ỦY BAN NHÂN DÂN|{area}", "UBND {area}", "UBND", "CHỦ TỊCH", "ỦY BAN NHÂN DÂN"),
    Agency("", "ỦY BAN NHÂN DÂN|XÃ {commune}", "Ủy ban nhân dân xã {commune}", "UBND", "CHỦ TỊCH", "ỦY BAN NHÂN DÂN"),
    Agency("", "ỦY BAN NHÂN DÂN", "Ủy ban nhân dân phường {commune}", "UBND", "CHỦ TỊCH", "ỦY BAN NHÂN DÂN"),
    Agency("BỘ NỘI VỤ", "CỤC VĂN THƯ VÀ LƯU TRỮ NHÀ NƯỚC", "Cục Văn thư và Lưu trữ nhà nước", "VTLTNN", "CỤC TRƯỞNG"),
    Agency("", "BỘ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Bộ Văn hóa, Thể thao và Du lịch", "BVHTTDL", "BỘ TRƯỞNG"),
    Agency(
        "ỦY BAN NHÂN DÂN|{area}", "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG|CÁC CÔNG TRÌNH GIAO THÔNG VÀ NÔNG NGHIỆP",
        "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông và nông nghiệp", "BQLDA", "GIÁM ĐỐC",
    ),
    Agency(
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO|{area}", "TRƯỜNG PHỔ THÔNG DÂN TỘC NỘI TRÚ|TRUNG HỌC CƠ SỞ VÀ TRUNG HỌC PHỔ THÔNG {commune}",
        "Trường Phổ thông dân tộc nội trú {commune}", "PTDTNT", "HIỆU TRƯỞNG",
    ),
    Agency("UBND XÃ {commune}", "PHÒNG KINH TẾ", "Phòng Kinh tế", "PKT", "TRƯỞNG PHÒNG"),
    Agency(
        "HỘI ĐỒNG NHÂN DÂN|{area}", "BAN KINH TẾ - NGÂN SÁCH",
        "Ban Kinh tế - Ngân sách", "BKTNS", "TRƯỞNG BAN", "BAN KINH TẾ - NGÂN SÁCH",
    ),
    Agency("", "", "", "", "CHỦ TỊCH", "ỦY BAN NHÂN DÂN", key="ubnd_tinh_an_giang"),
    Agency("", "", "", "", "GIÁM ĐỐC", key="so_noi_vu_an_giang"),
    Agency("", "", "", "", "GIÁM ĐỐC", key="so_tai_chinh_an_giang"),
    Agency("", "", "", "", "GIÁM ĐỐC", key="so_xay_dung_dong_thap"),
    Agency("", "", "", "", "CHÁNH VĂN PHÒNG", key="vp_ubnd_tinh_an_giang"),
    Agency("", "", "", "", "CHỦ TỊCH", "ỦY BAN NHÂN DÂN", key="ubnd_phuong_rach_gia"),
]
COUNCILS = [
    Agency("", "HỘI ĐỒNG NHÂN DÂN|{area}", "Hội đồng nhân dân {area}", "HĐND", "CHỦ TỊCH"),
    Agency("", "HỘI ĐỒNG NHÂN DÂN|XÃ {commune}", "Hội đồng nhân dân xã {commune}", "HĐND", "CHỦ TỊCH"),
    Agency("", "", "", "", "CHỦ TỊCH", key="hdnd_phuong_rach_gia"),
]
OFFICES = ["CHÁNH VĂN PHÒNG", "TRƯỞNG PHÒNG KẾ HOẠCH - TÀI CHÍNH", "GIÁM ĐỐC TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"]
CITED = [("Công văn", "UBND-KSTT"), ("Công văn", "BTC-ĐT"), ("Quyết định", "QĐ-UBND"), ("Kế hoạch", "KH-UBND")]
CONTACTS = [
    "Địa chỉ: số 36, đường Trần Phú, phường {commune}",
    "Điện thoại: (0263) 3 000 218; thư điện tử: {email}",
    "Trang thông tin điện tử: snv.lamdong.gov.vn",
]


class Prose(list[str]):
    """A text of several paragraphs, each an item; a blank line parts them when it is written."""


class Dumper(yaml.SafeDumper):
    """Writes texts of several lines as a clerk does, after `|`, and every value in full."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


Dumper.add_representer(str, _text)
Dumper.add_representer(Prose, lambda dumper, prose: _text(dumper, "\n\n".join(prose) + "\n"))


class Maker:
    """Makes one case. `scale` says how long its texts are, `texts` where a table or a hint at an appendix may stand."""

    def __init__(self, seed: int, number: int) -> None:
        self.random = random.Random(f"{seed}:{number}")
        self.scale = self.random.choices([0.35, 0.8, 1.6, 3.5, 6], [41, 36, 12, 8, 3])[0]
        self.texts: list[Prose] = []

    # Chance.

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def between(self, low: int, high: int) -> int:
        return self.random.randint(low, high)

    def several(self, low: int, high: int) -> int:
        """A number that grows with the length of the case."""
        return max(1, round(self.between(low, high) * self.scale))

    # Phrases.

    def phrase(self, template: str) -> str:
        """The template with each name in braces replaced, and so on within what replaces it."""
        return PLACEHOLDER.sub(lambda found: self.one(found[1]), template)

    def one(self, bank: str) -> str:
        if bank in BANKS:
            return self.phrase(self.random.choice(BANKS[bank]))
        return getattr(self, bank)()

    def distinct(self, bank: str, count: int) -> list[str]:
        """As many phrases of a bank, or fewer, none twice."""
        phrases = [self.phrase(template) for template in self.random.sample(BANKS[bank], min(count, len(BANKS[bank])))]
        return list(dict.fromkeys(phrases))

    def number(self) -> str:
        return str(self.random.choice([self.between(1, 99), self.between(100, 999), self.between(1000, 9999)]))

    def count(self) -> str:
        number = self.random.choice([self.between(1, 9), self.between(10, 999), self.between(1000, 99_999)])
        return f"{number:02}" if number < 10 else grouped(number)

    def percent(self) -> str:
        return f"{self.between(1, 99)},{self.between(1, 99)}%" if self.chance(0.7) else f"{self.between(1, 100)}%"

    def money(self) -> str:
        amount = grouped(self.between(1, 9_999_999))
        billions = f"{self.between(2, 99)},75 tỷ đồng"
        return self.random.choice([f"{amount} triệu đồng", f"{amount},5 triệu đồng", f"{amount}.000 đồng", billions])

    def surface(self) -> str:
        return f"{grouped(self.between(1, 99_999))},{self.between(1, 9)} {self.random.choice(['ha', 'm²', 'km²'])}"

    def length(self) -> str:
        return f"{self.between(1, 99)},{self.between(1, 99)} {self.random.choice(['km', 'm'])}"

    def any_day(self) -> date:
        return date(2020, 1, 1) + timedelta(self.between(0, 2300))

    def day(self) -> str:
        """A day in one of the notations of offices."""
        day = self.any_day()
        in_words = f"{day.day:02} tháng {day.month:02} năm {day.year}"
        return "ngày " + self.random.choice([in_words, slashed(day), f"{day:%d/%m/%Y}"])

    # Prose.

    def sentence(self) -> str:
        return capital(self.one("sentence"))

    def paragraph(self) -> str:
        count = self.random.choices([1, 2, 3, 4, 6, 11], [24, 30, 22, 14, 8, 2])[0]
        return self.emphasised(" ".join(self.sentence() for _ in range(count)))

    def emphasised(self, text: str) -> str:
        """Now and then some words of the text are bold or italic: at its start, within it or to its very end."""
        if self.chance(0.75):
            return text
        words = text.split(" ")
        start = self.random.choice([0, self.between(0, len(words) - 1)])
        end = self.random.choice([len(words), min(len(words), start + self.between(1, 9))])
        mark = self.random.choice(["*", "**"])
        return " ".join([*words[:start], mark + " ".join(words[start:end]) + mark, *words[end:]])

    def items(self) -> list[str]:
        """A list within a text: dashes, letters, or numbers with letters under them."""
        kind = self.random.choice(["- ", "+ ", "a) ", "1. "])
        count = self.between(2, 6)
        if kind != "1. ":
            heads = [f"{LETTERS[at]}) " for at in range(count)] if kind == "a) " else [kind] * count
            return [head + self.item(at == count) for at, head in enumerate(heads, 1)]
        lines = []
        for at in range(1, count + 1):
            lines.append(f"{at}. {self.paragraph()}")
            if self.chance(0.4):
                lines += [f"{LETTERS[i]}) {self.item(i == 2)}" for i in range(3)]
        return lines

    def item(self, last: bool) -> str:
        text = self.sentence().removesuffix(".")
        return self.emphasised(text) + ("." if last else ";")

    def passage(self, low: int = 1, high: int = 5) -> Prose:
        """Paragraphs and lists."""
        prose = Prose()
        for _ in range(self.several(low, high)):
            prose.append(self.paragraph())
            if self.chance(0.2):
                # A list after another would go on with its letters, so words stand before each.
                prose += [capital(self.one("lead")), *self.items()]
        return prose

    def text(self, low: int = 1, high: int = 5) -> Prose:
        """A passage of the document itself, where tables may stand."""
        prose = self.passage(low, high)
        self.texts.append(prose)
        return prose

    def clauses(self) -> Prose:
        """A text of numbered paragraphs, or one without."""
        prose = self.text(1, 4)
        if self.chance(0.6):
            prose[:] = [f"{at}. {self.paragraph()}" for at in range(1, self.several(2, 5) + 1)]
        return prose

    def sections(self, low: int, high: int, title: str, text: str, bank: str = "heading") -> list[dict]:
        """The parts of a document, each with a title and a text under the keys of the wording."""
        return [{title: self.one(bank), text: self.text()} for _ in range(self.between(low, high))]

    def cited(self, own: bool = False) -> dict:
        """A document that is referred to."""
        kind, code = self.random.choice(CITED)
        cited = {"loai": kind, "so_ky_hieu": f"{self.number()}/{code}", "ngay": slashed(self.any_day())}
        if not own and self.chance(0.9):
            cited["co_quan"] = self.phrase("Ủy ban nhân dân tỉnh {province}")
        if self.chance(0.8):
            cited["trich_yeu"] = f"về việc {self.one('task')}"
        return cited

    def maybe(self, probability: float, **keys: Callable[[], Any]) -> dict:
        """The keys with their values, each with the probability."""
        return {key: value() for key, value in keys.items() if self.chance(probability)}

    # The contents of each wording.

    def report(self) -> dict:
        return {
            **self.maybe(0.5, thuc_hien=self.cited),
            "ve": self.one("topic"),
            **self.maybe(0.4, mo_dau=lambda: self.text(1, 2)),
            "muc": self.sections(1, 6, "tieu_de", "noi_dung"),
        }

    def special_report(self) -> dict:
        return {
            **self.maybe(0.5, thuc_hien=self.cited),
            "ve": f"chuyên đề về {self.one('topic')}",
            **self.maybe(0.5, boi_canh=self.text, chi_dao=self.text),
            "ket_qua": self.sections(1, 4, "tieu_de", "noi_dung"),
            "han_che": self.text(1, 3),
            **self.maybe(0.5, nguyen_nhan=lambda: self.text(1, 2), bai_hoc=lambda: self.text(1, 2)),
            "giai_phap": self.clauses(),
            **self.maybe(0.5, kien_nghi=lambda: self.sections(1, 3, "noi", "noi_dung", "who")),
        }

    def periodic_report(self) -> dict:
        return {
            **self.maybe(0.4, thuc_hien=self.cited),
            "ve": "công tác cải cách hành chính",
            "ky": "tháng 10 năm 2025",
            "ky_toi": "tháng 11 năm 2025",
            **self.maybe(0.6, tu_ngay=lambda: "15/9/2025", den_ngay=lambda: "14/10/2025", danh_gia=self.text),
            "ket_qua": self.sections(1, 5, "tieu_de", "noi_dung"),
            **self.maybe(0.5, luy_ke=self.text, kho_khan=self.text),
            "nhiem_vu": self.clauses(),
            **self.maybe(0.5, kien_nghi=self.text),
        }

    def explanation(self) -> dict:
        return {
            "thuc_hien": self.cited(),
            "ve": self.phrase("giải trình về {topic}"),
            "su_viec": self.text(),
            "diem": self.sections(1, 4, "yeu_cau", "giai_trinh", "topic"),
            "trach_nhiem": self.text(1, 2),
            **self.maybe(0.6, khac_phuc=self.text),
            "cam_ket": self.distinct("promise", self.between(1, 3)),
            **self.maybe(0.4, kien_nghi=self.text, tai_lieu=lambda: self.distinct("document", self.between(1, 5))),
        }

    def disbursement(self) -> dict:
        return {
            "thuc_hien": self.cited(),
            "linh_vuc": self.random.choice(["công nghệ thông tin", "giao thông, hạ tầng kỹ thuật và nông nghiệp"]),
            "dia_ban": self.phrase("tỉnh {province}"),
            "giai_doan": self.one("range"),
            "nam": ["2024", "2025"][: self.between(1, 2)],
            "nam_toi": "2026",
            "nguyen_tac": self.text(),
            **self.maybe(0.5, tinh_hinh=self.text, du_kien=self.text),
            "kho_khan": self.text(),
            **self.maybe(0.5, kien_nghi=self.text),
        }

    def letter(self) -> dict:
        return {
            **self.maybe(0.5, thuc_hien=self.cited),
            "viec": self.one("task"),
            "chi_tiet": self.clauses(),
            **self.maybe(0.5, dau_moi=lambda: self.one("who")),
            **self.maybe(0.3, ket=lambda: self.phrase("Kính đề nghị {addressee} quan tâm, phối hợp thực hiện")),
        }

    def request(self) -> dict:
        return {
            **self.maybe(0.5, thuc_hien=self.cited),
            "muc_dich": self.phrase("có cơ sở {do}"),
            "chi_tiet": self.clauses(),
            **self.maybe(0.6, han=lambda: slashed(self.any_day()), gui_ve=lambda: self.one("who")),
        }

    def answer(self) -> dict:
        return {
            "tra_loi": self.cited(),
            **self.maybe(0.4, phoi_hop=lambda: self.one("who"), muc_dich=lambda: "tổng hợp, báo cáo Ủy ban nhân dân tỉnh"),
            "y_kien": self.clauses(),
        }

    def correction(self) -> dict:
        return {
            "dinh_chinh": self.cited(own=True),
            **self.maybe(0.5, nguyen_nhan=lambda: "lỗi kỹ thuật khi trình bày bảng"),
            "cho_sai": [
                {"vi_tri": self.one("clause"), "da_in": self.one("item"), "sua_thanh": self.one("item")}
                for _ in range(self.between(1, 6))
            ],
        }

    def proposal(self) -> dict:
        return {
            **self.maybe(0.4, thuc_hien=self.cited),
            "viec": self.phrase("phê duyệt Kế hoạch {scheme}"),
            "su_can_thiet": self.text(),
            "co_so_phap_ly": self.distinct("document", self.between(1, 8)),
            **self.maybe(0.5, co_so_thuc_tien=self.text),
            "muc": self.sections(1, 4, "tieu_de", "noi_dung"),
            **self.maybe(0.6, kinh_phi=self.sum, nguon=lambda: "ngân sách tỉnh", chi_tiet_kinh_phi=self.text),
            **self.maybe(0.5, de_xuat=self.text, ho_so=lambda: ["Dự thảo Quyết định", "Báo cáo thẩm định"]),
        }

    def sum(self) -> str:
        """Money in đồng, which the wording writes in words too."""
        return grouped(self.between(1, 99_999) * 1_000_000 + self.between(0, 1) * 500_000)

    def articles(self, low: int, high: int) -> list[dict]:
        """Articles, some with paragraphs under them."""
        articles: list[dict] = []
        for _ in range(self.between(low, high)):
            details = self.maybe(1 if not articles else 0.5, chi_tiet=self.clauses)
            articles.append({"cau": self.sentence(), **details})
        return articles

    def decision(self) -> dict:
        return {
            "dieu": self.articles(1, 4),
            **self.maybe(0.4, hieu_luc=lambda: slashed(LAST_DAY), thay_the=self.cited),
            "thi_hanh": self.phrase("Chánh Văn phòng, Trưởng các phòng, đơn vị thuộc Sở, {who} và {who}"),
        }

    def regulation(self) -> dict:
        """A decision with the regulation it issues."""
        chapters = [
            {
                "tieu_de": self.one("heading"),
                "dieu": [{"tieu_de": self.one("heading"), "noi_dung": self.clauses()} for _ in range(self.several(1, 4))],
            }
            for _ in range(self.between(1, 5))
        ]
        last = Prose(["Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Văn phòng./."])
        chapters.append({"tieu_de": "Tổ chức thực hiện", "dieu": [{"tieu_de": "Điều khoản thi hành", "noi_dung": last}]})
        return {
            "van_ban": self.phrase("Quy chế {regulation}"),
            **self.maybe(0.4, hieu_luc=lambda: slashed(LAST_DAY), thay_the=self.cited),
            "thi_hanh": self.phrase("Chánh Văn phòng, Trưởng các phòng, đơn vị và {who}"),
            "chuong": chapters,
        }

    def resolution(self) -> dict:
        enforcement = {"cau": capital(self.phrase("{who}, {who} chịu trách nhiệm thi hành Nghị quyết này."))}
        articles = [*self.articles(1, 5), enforcement]
        return {"dieu": articles, "khoa_ky": "khóa I, kỳ họp thứ 4", "ngay_thong_qua": "18/12/2025"}

    def notice(self) -> dict:
        return {
            **self.maybe(0.4, thuc_hien=self.cited),
            "ve": self.one("topic"),
            "chi_tiet": self.clauses(),
            **self.maybe(0.5, dau_moi=lambda: self.phrase("{who}, điện thoại: 02963.852.123, thư điện tử: {email}")),
            **self.maybe(0.4, doi_tuong=lambda: self.phrase("các tổ dân phố và Nhân dân trên địa bàn xã {commune}")),
        }

    def conclusion(self) -> dict:
        return {
            "ngay_hop": slashed(self.any_day()),
            **self.maybe(0.7, dia_diem=lambda: "Trụ sở Ủy ban nhân dân tỉnh"),
            "chu_tri": self.phrase("{person}, {post}"),
            "cuoc_hop": self.phrase("cuộc họp về {topic}"),
            **self.maybe(0.6, du_hop=lambda: self.distinct("who", self.between(1, 8)), bao_cao=lambda: self.one("who")),
            "chuc_vu": "Phó Chủ tịch Ủy ban nhân dân tỉnh",
            **self.maybe(0.6, danh_gia=self.text),
            "giao": self.sections(2, 6, "noi", "viec", "who"),
            **self.maybe(0.5, theo_doi=lambda: self.one("who")),
        }

    def plan(self) -> dict:
        return {
            **self.maybe(0.5, thuc_hien=self.cited),
            "ve": self.one("scheme"),
            "muc_dich": self.text(1, 3),
            "yeu_cau": self.text(1, 3),
            "muc": self.sections(1, 5, "tieu_de", "noi_dung"),
            **self.maybe(0.5, kinh_phi=self.sum, nguon=lambda: "kinh phí chi thường xuyên năm 2026"),
            "to_chuc": self.sections(1, 4, "noi", "viec", "who"),
            **self.maybe(0.4, dau_moi=lambda: self.one("who")),
        }

    def telegram(self) -> dict:
        return {
            "tinh_hinh": self.text(1, 2),
            "muc_dich": "bảo đảm an toàn tính mạng, tài sản của Nhân dân",
            "yeu_cau": self.clauses(),
            **self.maybe(0.5, theo_doi=lambda: self.one("who")),
        }

    def invitation(self) -> dict:
        return {
            "kinh_moi": self.distinct("who", self.between(1, 10)),
            "toi_du": self.phrase("Hội nghị {topic}"),
            **self.maybe(0.6, noi_dung=lambda: self.text(1, 3)),
            "chu_tri": self.phrase("Đồng chí {person}, {post}"),
            "gio": self.random.choice(["8h00", "13h30", "07h15"]),
            "ngay_hop": slashed(self.any_day()),
            **self.maybe(0.4, thu=lambda: "thứ Năm"),
            "dia_diem": self.phrase("Phòng họp số 1, Trụ sở Ủy ban nhân dân tỉnh {province}"),
            **self.maybe(0.6, luu_y=lambda: self.text(1, 2)),
        }

    def minutes(self) -> dict:
        return {
            **self.maybe(0.5, ten_goi=lambda: "hội nghị"),
            "bat_dau": "8h00",
            "ngay_hop": slashed(self.any_day()),
            "dia_diem": self.phrase("Phòng họp số 2, Trụ sở Sở Nội vụ tỉnh {province}"),
            "tham_du": [self.phrase("Ông {person}, {post}") for _ in range(self.between(1, 12))],
            **self.maybe(0.5, vang=lambda: [self.phrase("Bà {person}, {post} (đi công tác)")]),
            "chu_tri": self.phrase("Ông {person}, {post}"),
            "thu_ky": self.phrase("Bà {person}, {post}"),
            "dien_bien": self.text(),
            **self.maybe(0.7, y_kien=lambda: [self.opinion() for _ in range(self.several(1, 5))]),
            "ket_luan": self.clauses(),
            "ket_thuc": "10h45",
        }

    def opinion(self) -> dict:
        return {"nguoi": self.phrase("Ông {person}, {post}"), "noi_dung": self.phrase("đề nghị {who} {do}{tail}")}

    def introduction(self) -> dict:
        return {
            "ho_ten": self.one("person"),
            "chuc_vu": self.one("post"),
            "den": self.one("addressee"),
            "ve_viec": self.one("task"),
            "het_ngay": "31/12/2026",
        }

    def leave(self) -> dict:
        return {
            "ngay_don": slashed(self.any_day()),
            "ho_ten": self.one("person"),
            "chuc_vu": self.one("post"),
            "thoi_gian": "05 ngày làm việc",
            "tu_ngay": "2/2/2026",
            "den_ngay": "6/2/2026",
            "noi_nghi": self.phrase("xã {commune}, tỉnh {province}"),
            "nam": "2026",
        }

    # Tables.

    def table(self, paper: str, most_rows: int) -> dict:
        """Columns, rows and what sums them; as wide as the paper bears."""
        make = self.random.choice([self.amounts, self.amounts, self.tasks, self.papers, self.people])
        low, high = self.random.choices([(1, 1), (2, 6), (7, 20), (21, 60), (61, 120)], [5, 30, 35, 20, 10])[0]
        rows = min(most_rows, self.between(low, high))
        table = make({"doc": 5, "ngang": 11, "a3_ngang": 18}[paper], rows)
        if self.chance(0.3):
            table["danh_so_cot"] = "co"
        return table

    def amounts(self, most: int, rows: int) -> dict:
        """Figures under heads of one to three levels, with sums, a difference, a ratio, groups and a total."""
        left = self.between(2, most)
        columns: list[dict] = [
            {"khoa": "stt", "ten": self.random.choice(["STT", "TT"]), "kieu": "stt"},
            {"khoa": "ten", "ten": "Tên dự án, công trình, đơn vị", "rong": "3"},
        ]
        figures: list[str] = []
        sums: list[str] = []
        while left > 0:
            size = min(left, self.between(1, 5))
            keys = [f"so_{len(figures) + at}" for at in range(1, size + 1)]
            figures += keys
            left -= size
            column, total = self.family(keys)
            columns.append(column)
            sums.append(total)
        if len(sums) > 1:
            columns += [make(sums) for make in (self.difference, self.ratio) if self.chance(0.5)]
        if self.chance(0.4):
            columns.append({"khoa": "ghi_chu", "ten": "Ghi chú"})
        table: dict = {"don_vi_tinh": self.one("unit")} if self.chance(0.6) else {}
        table["cot"] = columns
        groups = self.groups(table) if rows > 3 and self.chance(0.5) else []
        table["dong"] = [self.amounts_row(figures, columns[-1].get("khoa", ""), at, groups, rows) for at in range(rows)]
        if self.chance(0.6):
            label, place = self.random.choice(["TỔNG SỐ", "Tổng cộng"]), self.random.choice(["dau", "cuoi"])
            table["tong"] = {"nhan": label, "vi_tri": place}
        return table

    def family(self, keys: list[str]) -> tuple[dict, str]:
        """Columns under one head, and the key of their sum (or of the only one)."""
        name = self.one("family_of_figures")
        if len(keys) == 1:
            return {"khoa": keys[0], "ten": name, "kieu": "so"} | self.maybe(0.2, chu_dung=lambda: "co"), keys[0]
        upright = self.maybe(0.1, chu_dung=lambda: "co")
        leaves: list[dict] = [{"khoa": key, "ten": self.one("figure"), "kieu": "so"} | upright for key in keys]
        total = f"tong_{keys[0]}"
        first = {"khoa": total, "ten": "Tổng số", "kieu": "so", "tong_cua": keys}
        rest = [{"ten": "Trong đó", "cot": leaves}] if self.chance(0.4) else leaves
        return {"ten": name, "cot": [first, *rest]}, total

    def difference(self, sums: list[str]) -> dict:
        return {"khoa": "con_lai", "ten": "Còn lại", "kieu": "so", "hieu_cua": sums[:2]}

    def ratio(self, sums: list[str]) -> dict:
        ratio = {"khoa": "ty_le", "ten": "Tỷ lệ (%)", "kieu": "ty_le", "ty_le_cua": [sums[1], sums[0]]}
        return ratio | self.maybe(0.5, so_le=lambda: "1")

    def groups(self, table: dict) -> list[str]:
        """Groups put into the table, every other one parted again; the keys that rows may name."""
        keys = []
        table["nhom"] = []
        for key in ROMAN[: self.between(2, 4)]:
            group: dict = {"khoa": key, "ten": self.one("group"), "cong": "co"}
            parts = [f"{key}.{at}" for at in range(1, self.random.choice([0, 0, 2, 3]) + 1)]
            if parts:
                summed = self.maybe(0.6, cong=lambda: "co")
                group["nhom"] = [{"khoa": part, "ten": self.one("group"), **summed} for part in parts]
            table["nhom"].append(group)
            keys += parts or [key]
        return keys

    def amounts_row(self, figures: list[str], last: str, at: int, groups: list[str], rows: int) -> dict:
        row = {"nhom": groups[at * len(groups) // rows]} if groups else {}
        row["ten"] = self.one("item")
        for key in figures:
            if at == 0 or self.chance(0.9):
                row[key] = self.figure_of_row()
        if last == "ghi_chu" and (at == 0 or self.chance(0.3)):
            row["ghi_chu"] = self.one("note")
        return row

    def figure_of_row(self) -> str:
        whole = grouped(self.random.choice([self.between(0, 99), self.between(100, 9999), self.between(10_000, 9_999_999)]))
        return whole if self.chance(0.8) else f"{whole},{self.between(1, 9)}"

    def tasks(self, most: int, rows: int) -> dict:
        """Work with who does it by when: long cells, centred columns, an upright head."""
        columns = [
            {"khoa": "stt", "ten": "STT", "kieu": "stt"},
            {"khoa": "ma", "ten": "Mã số", "kieu": "giua"},
            {"khoa": "viec", "ten": "Nội dung công việc"},
            {"khoa": "chu_tri", "ten": "Đơn vị chủ trì", "can_le": "giua"},
            {"khoa": "han", "ten": "Thời hạn", "kieu": "ngay"},
            {"khoa": "xong", "ten": "Hoàn thành", "kieu": "giua", "chu_dung": "co"},
            {"khoa": "ket_qua", "ten": "Kết quả, sản phẩm"},
        ]
        lines = [
            {
                "ma": f"KT-{at:02}",
                "viec": capital(self.one("do")),
                "chu_tri": self.one("who"),
                "han": slashed(self.any_day()),
                **({"xong": "x"} if at == 1 or self.chance(0.6) else {}),
                "ket_qua": " ".join(self.sentence() for _ in range(self.between(1, 3))),
            }
            for at in range(1, rows + 1)
        ]
        return self.without(["ma", "xong"], columns, lines)

    def papers(self, most: int, rows: int) -> dict:
        """A list of documents."""
        columns = [
            {"khoa": "stt", "ten": "STT", "kieu": "stt"},
            {"khoa": "so", "ten": "Số, ký hiệu", "kieu": "giua"},
            {"khoa": "ngay", "ten": "Ngày ban hành", "kieu": "ngay"},
            {"khoa": "trich_yeu", "ten": "Tên loại, trích yếu nội dung văn bản"},
            {"khoa": "ghi_chu", "ten": "Ghi chú"},
        ]
        lines = [
            {
                "so": f"{self.number()}/{self.random.choice(['QĐ-UBND', 'BC-SNNMT', 'NQ-HĐND', 'BKHĐT-KCHTĐT'])}",
                "ngay": slashed(self.any_day()),
                "trich_yeu": capital(self.one("task")),
                **({"ghi_chu": self.one("note")} if at == 0 or self.chance(0.4) else {}),
            }
            for at in range(rows)
        ]
        return self.without(["ghi_chu", "so"], columns, lines)

    def people(self, most: int, rows: int) -> dict:
        """A list of persons, their heads in two levels."""
        days = {"kieu": "ngay"}
        columns = [
            {"khoa": "stt", "ten": "TT", "kieu": "stt"},
            {"khoa": "ho_ten", "ten": "Họ và tên"},
            {"ten": "Ngày, tháng, năm vào ngành", "cot": [dict(days, khoa="nam", ten="Nam"), dict(days, khoa="nu", ten="Nữ")]},
            {"khoa": "chuc_vu", "ten": "Chức vụ, đơn vị công tác"},
            {"khoa": "he_so", "ten": "Hệ số lương", "kieu": "so"},
        ]
        lines = [
            {
                "ho_ten": self.one("person"),
                ["nam", "nu"][at % 2]: slashed(self.any_day()),
                "chuc_vu": self.phrase("{post}, {who}"),
                "he_so": f"{self.between(2, 8)},{self.between(10, 99)}",
            }
            for at in range(max(2, rows))
        ]
        return {"cot": columns, "dong": lines}

    def without(self, keys: list[str], columns: list[dict], lines: list[dict]) -> dict:
        """The table, now and then without some of its columns."""
        dropped = [key for key in keys if self.chance(0.4)]
        kept = [column for column in columns if column["khoa"] not in dropped]
        return {"cot": kept, "dong": [{key: value for key, value in line.items() if key not in dropped} for line in lines]}

    def body_tables(self) -> list[dict]:
        """Tables of the body, each set into one of its texts."""
        tables = []
        for at in range(1, self.random.choices([0, 1, 2, 3], [52, 28, 13, 7])[0] + 1):
            key = f"bang_{at}"
            title = self.maybe(0.6, tieu_de=lambda: capital(self.one("topic")))
            tables.append({"khoa": key, **title, **self.table("doc", max(3, int(16 * self.scale)))})
            self.insert(f"[bang {key}]")
        return tables

    def insert(self, paragraph: str) -> None:
        """Not before a letter: after words between `a)` and `b)` the program takes a later `a)` for the next letter."""
        prose = self.random.choice(self.texts)
        places = [at for at in range(1, len(prose) + 1) if at == len(prose) or prose[at][1:2] != ")"]
        prose.insert(self.random.choice(places), paragraph)

    def appendices(self) -> list[dict]:
        most = 4 if self.scale > 1 else 2
        count = self.between(1, most) if self.chance(0.42) else 0
        appendices = [self.appendix() for _ in range(count)]
        if count:
            all_of_them = f"kèm theo các phụ lục từ I đến {ROMAN[count - 1]}"
            named = "chi tiết tại Phụ lục kèm theo" if count == 1 else all_of_them
            self.insert(f"{self.sentence().removesuffix('.')} ({named}).")
        return appendices

    def appendix(self) -> dict:
        """A table with or without text before it, or text alone."""
        paper = self.random.choices(["doc", "ngang", "a3_ngang"], [50, 47, 3])[0]
        appendix: dict = {"tieu_de": self.one("topic").upper(), "kho_giay": paper}
        kind = self.random.choice(["table", "table", "both", "text"])
        if kind != "table":
            appendix["doan"] = self.passage()
        if kind != "text":
            appendix |= self.table(paper, max(8, int(60 * self.scale)))
        return appendix

    # What stands around the text.

    def agency(self, agency: Agency) -> dict:
        if agency.key:
            return {"co_quan": agency.key}
        area, commune = self.one("area"), self.one("commune")
        filled = lambda text: text.replace("{area}", area).replace("{commune}", commune)
        organ = {"chu_quan": self.lines(filled(agency.superior))} if agency.superior else {}
        organ["ten"] = self.lines(filled(agency.name))
        organ |= {"ten_trong_cau": filled(agency.in_sentence), "ky_hieu": agency.code}
        in_commune = "{commune}" in agency.name + agency.in_sentence
        organ["dia_danh"] = commune if in_commune else area.removeprefix("tỉnh ").removeprefix("thành phố ")
        if self.chance(0.6):
            organ["lien_he"] = [self.phrase(line) for line in CONTACTS[: self.between(1, 3)]]
        return {"co_quan_khac": organ}

    def lines(self, name: str) -> str:
        """The name as a clerk writes it: with its lines, or on one."""
        return name.upper().replace("|", self.random.choice(["\n", "\n", " "]))

    def signer(self, agency: Agency) -> dict:
        """One of the stacks of lines that the decree knows over a signature."""
        person = {"ho_ten": self.one("person")}
        head = agency.head
        office = self.random.choice(OFFICES)
        together = {"thay_mat": agency.collective} if agency.collective else {}
        own = {**together, "chuc_vu": head}
        stacks = [
            own,
            own,
            {**own, "quyen": "co"},
            {**together, "ky_thay": head, "chuc_vu": f"PHÓ {head}"},
            {**together, "ky_thay": head, "chuc_vu": f"PHÓ {head} THƯỜNG TRỰC"},
            {"thua_lenh": head, "chuc_vu": office},
            {"thua_uy_quyen": head, "chuc_vu": office},
            {"cac_dong": [f"TL. {head}", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG PHỤ TRÁCH"]},
        ]
        return self.random.choice(stacks) | person

    def recipients(self, first: list[str], to: list[str]) -> list[str]:
        count = self.random.choice([1, self.between(2, 6), self.between(2, 6), self.between(7, 20)])
        others = [place for place in self.distinct("recipient", count) if place not in to and not place.startswith("Như")]
        return [*first, *others] or ["Các đơn vị trực thuộc Sở"]

    def subject(self, template: str) -> str:
        """Of one line or of several; the register takes no more than 500 letters."""
        text = self.phrase(template)
        for _ in range(self.random.choice([0, 0, 1, 2, 4])):
            longer = text + self.one("more")
            text = longer if len(longer) <= 500 else text
        return text

    def issue_day(self) -> date:
        day = FIRST_DAY + timedelta(self.between(0, (LAST_DAY - FIRST_DAY).days))
        return day - timedelta(max(0, day.weekday() - 4))

    def measures(self) -> dict[str, str]:
        """Measures of an office within the ranges of the decree."""
        ranges = {
            "le_trai": ["30", "32", "35"],
            "le_phai": ["15", "20"],
            "le_tren": ["20", "25"],
            "le_duoi": ["20", "25"],
            "co_chu_noi_dung": ["13", "13,5", "14"],
            "thut_dau_dong": ["10", "12,7"],
            "cach_doan": ["6", "8", "12"],
            "cach_dong": ["100", "115", "150"],
            "co_chu_bang_lon": ["10", "12", "13"],
        }
        return {key: self.random.choice(values) for key, values in ranges.items() if self.chance(0.5)}

    def case(self) -> dict:
        """A whole case, its keys in the order in which the samples have them."""
        kind = self.random.choices(KINDS, [kind.weight for kind in KINDS])[0]
        agency = self.random.choice(COUNCILS if kind.key == "nghi_quyet" else AGENCIES)
        up = kind.key == "bao_cao" and self.chance(0.6)
        content = kind.content(self)
        tables = self.body_tables() if self.texts else []
        appendices = self.appendices() if self.texts else []
        if kind.wording == "giai_ngan_du_an" and not appendices:
            appendices = [self.appendix()]
        addressees = self.random.choice([1, 1, 2, 4, self.between(5, 12)])
        to = self.distinct("addressee", addressees) if up or kind.addressed else []
        case: dict = {"phien_ban": "1", "loai": kind.key, "mau": kind.wording, **self.agency(agency)}
        if kind.key == "cong_van":
            case["don_vi"] = self.random.choice(["VX", "KSTT", "VP", "KHTC"])
        case |= {"so": str(self.between(1, 9999)), "ngay": slashed(self.issue_day())}
        case |= self.maybe(0.15, do_khan=lambda: self.random.choice(["hoa_toc", "thuong_khan", "khan"]))
        if kind.subject is not None:
            case["trich_yeu"] = self.subject(kind.subject) if kind.key == "cong_van" else capital(self.subject(kind.subject))
        if kind.key == "bao_cao":
            case["huong"] = "len_tren" if up else self.random.choice(["ngang_cap", "xuong_duoi"])
        if to:
            case["kinh_gui"] = to
        if kind.grounds or (kind.may_have_grounds and self.chance(0.2)):
            case["can_cu"] = self.distinct("ground", self.between(1, 8))
        if kind.wording == "ban_hanh":
            case["kem_theo"] = {"loai": "Quy chế", "trich_yeu": capital(self.subject("{regulation}"))}
        case["noi_dung"] = content
        case["nguoi_ky"] = self.signer(agency)
        if kind.key == "bien_ban":
            case["thu_ky"] = {"ho_ten": self.one("person")}
        case["noi_nhan"] = self.recipients(kind.first_recipient(content, to), to)
        kept = self.maybe(0.6, nguoi_soan=lambda: "KSTT", so_ban=lambda: "02b", so_phat_hanh=self.number)
        case["luu"] = {"noi_luu": "VT", **kept}
        case |= self.maybe(0.1, luu_hanh=lambda: self.random.choice(["noi_bo", "xem_xong_tra_lai"]))
        if case.get("co_quan_khac", {}).get("lien_he"):
            case |= self.maybe(0.3, lien_he=lambda: self.random.choice(["co", "khong"]))
        if tables:
            case["bang"] = tables
        if appendices:
            case["phu_luc"] = appendices
        return proofread(case, datetime.strptime(case["ngay"], "%d/%m/%Y").date())


@dataclass(frozen=True)
class Kind:
    """A type of document with a wording, how often it comes, and what stands around its text."""

    weight: int
    key: str
    wording: str
    content: Callable[[Maker], dict]
    subject: str | None = "{topic}"  # a template
    addressed: bool = False
    grounds: bool = False
    may_have_grounds: bool = False

    def first_recipient(self, content: dict, to: list[str]) -> list[str]:
        """What refers to a place further up: the addressees, the last article, those invited."""
        match (self.key, self.wording):
            case ("quyet_dinh", "ban_hanh"):
                return ["Như Điều 3"]
            case ("quyet_dinh", _):
                return [f"Như Điều {len(content['dieu']) + 2}"]
            case ("nghi_quyet", _):
                return [f"Như Điều {len(content['dieu'])}"]
            case ("giay_moi", _):
                return ["Như thành phần mời"]
            case ("giay_gioi_thieu", _):
                return ["Như trên"]
        return ["Như trên"] if to else []


KINDS = [
    Kind(26, "bao_cao", "noi_dung", Maker.report, may_have_grounds=True),
    Kind(14, "bao_cao", "chuyen_de", Maker.special_report),
    Kind(12, "bao_cao", "dinh_ky", Maker.periodic_report),
    Kind(7, "bao_cao", "giai_trinh", Maker.explanation),
    Kind(4, "bao_cao", "giai_ngan_du_an", Maker.disbursement),
    Kind(6, "cong_van", "noi_dung", Maker.letter, subject="{task}", addressed=True),
    Kind(4, "cong_van", "de_nghi", Maker.request, subject="{task}", addressed=True),
    Kind(4, "cong_van", "tra_loi", Maker.answer, subject="{task}", addressed=True),
    Kind(2, "cong_van", "dinh_chinh", Maker.correction, subject="{task}", addressed=True),
    Kind(7, "to_trinh", "noi_dung", Maker.proposal, subject="Về việc {act}", addressed=True, may_have_grounds=True),
    Kind(6, "quyet_dinh", "noi_dung", Maker.decision, subject="Về việc {act}", grounds=True),
    Kind(5, "quyet_dinh", "ban_hanh", Maker.regulation, subject="Ban hành Quy chế {regulation}", grounds=True),
    Kind(4, "nghi_quyet", "noi_dung", Maker.resolution, subject="Về {topic}", grounds=True),
    Kind(4, "thong_bao", "noi_dung", Maker.notice),
    Kind(4, "thong_bao", "ket_luan", Maker.conclusion, subject="Kết luận tại cuộc họp về {topic}"),
    Kind(6, "ke_hoach", "noi_dung", Maker.plan, subject="{scheme}", may_have_grounds=True),
    Kind(4, "cong_dien", "noi_dung", Maker.telegram, subject="Về việc {danger}", addressed=True),
    Kind(4, "giay_moi", "noi_dung", Maker.invitation, subject="Hội nghị {topic}"),
    Kind(4, "bien_ban", "noi_dung", Maker.minutes, subject="Họp về {topic}"),
    Kind(2, "giay_gioi_thieu", "noi_dung", Maker.introduction, subject=None),
    Kind(2, "giay_nghi_phep", "noi_dung", Maker.leave, subject=None),
]


def grouped(number: int) -> str:
    """1234567 as 1.234.567."""
    return f"{number:,}".replace(",", ".")


def slashed(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


# A day of a document that is cited, in words or with bars; words that chance put twice in a row.
CITED_DAY = re.compile(r"(số \S+/\S+ ngày )(?:(\d+) tháng (\d+) năm (\d{4})|(\d+)/(\d+)/(\d{4}))")
TWICE = re.compile(r"\b(\w+(?: [\w/]+)+) \1\b")


def proofread(value: Any, issued: date) -> Any:
    """The same without what a proofreader would find in phrases that chance put together."""
    match value:
        case Prose():
            return Prose(proofread(text, issued) for text in value)
        case list():
            return [proofread(item, issued) for item in value]
        case dict():
            kept = {key: proofread(item, issued) for key, item in value.items()}
            if "so_ky_hieu" in kept and "/" in kept.get("ngay", ""):
                day, month, year = map(int, kept["ngay"].split("/"))
                kept["ngay"] = f"{day}/{month}/{earlier(day, month, year, issued)}"
            return kept
        case str():
            return TWICE.sub(r"\1", CITED_DAY.sub(lambda found: cited_earlier(found, issued), value))
    return value


def cited_earlier(found: re.Match[str], issued: date) -> str:
    day, month, year = map(int, [part for part in found.groups()[1:] if part])
    return found[0][:-4] + str(earlier(day, month, year, issued))


def earlier(day: int, month: int, year: int, issued: date) -> int:
    """The year, or one in which the day is not after the document; 29 February stays in a leap year."""
    return year if date(year, month, day) <= issued else 2024


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def write(folder: Path, seed: int, number: int) -> Path:
    """One case of the corpus in its folder."""
    maker = Maker(seed, number)
    case = folder / f"ca_{number:03}"
    case.mkdir(parents=True, exist_ok=True)
    (case / "ho_so.yaml").write_text(dumped(maker.case()), "utf-8")
    if maker.chance(0.2) and (measures := maker.measures()):
        (case / "mau").mkdir(exist_ok=True)
        (case / "mau" / "cau_hinh.yaml").write_text(dumped(measures), "utf-8")
    return case


def dumped(data: dict) -> str:
    return yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def make(folder: Path, count: int, seed: int = 1) -> list[Path]:
    """The cases 1 to `count` of the seed."""
    return [write(folder, seed, number) for number in range(1, count + 1)]


def root(case: Path) -> list[str]:
    """The option with which the program uses the measures of the case's office, if it has its own."""
    return ["--root", str(case / "mau")] if (case / "mau").exists() else []


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes a corpus of valid cases.")
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="numbers of the cases to make, as 17,33")
    arguments = parser.parse_args()
    numbers = [int(number) for number in arguments.only.split(",")] if arguments.only else range(1, arguments.count + 1)
    for number in numbers:
        write(arguments.out, arguments.seed, number)


if __name__ == "__main__":
    main()
