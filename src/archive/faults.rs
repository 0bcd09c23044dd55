//! What verification can report, with its text for `vanthu explain`.

use super::ocfl;

/// Every code.
pub fn faults() -> Vec<(&'static str, &'static str)> {
    [FAULTS, ocfl::EXPLAIN].concat()
}

const FAULTS: &[(&str, &str)] = &[
    (
        "luu-tru-khong-khop",
        "\
Hồ sơ lưu và sổ đăng ký không nói cùng một điều.

Mỗi việc (cấp số, phát hành, gắn bản ký, hủy, thu hồi) là một phiên bản của hồ sơ lưu và một
mắt xích của chuỗi trong sổ; mắt xích giữ giá trị băm của bản kiểm kê. Hồ sơ bị sửa rồi lập
lại bản kiểm kê cho khớp vẫn lộ ra ở đây.

So với bản sao lưu để biết bên nào đã đổi. Sổ hỏng mà hồ sơ nguyên vẹn thì lập lại sổ bằng
`vanthu register rebuild`.",
    ),
    (
        "luu-tru-thieu-chu",
        "\
Bản PDF đã phát hành không in đủ chữ của văn bản mà hồ sơ lưu giữ.

Hồ sơ lưu giữ cả bản PDF lẫn toàn bộ chữ của văn bản (`van_ban.txt`). `vanthu archive verify
--deep` đọc chữ nằm trong trang của bản PDF, so với chữ ấy. Bản chương trình cũ cắt mất, không
báo, những gì cao quá một trang: nơi nhận dài trên 60 dòng, một dòng của bảng dài hơn một trang.

Kho không hỏng và không được sửa: bản đã gửi đi là như thế. Báo nơi nhận, rồi phát hành văn bản
thay thế hoặc đính chính.",
    ),
    (
        "so-dut-chuoi",
        "\
Chuỗi của sổ đăng ký đứt: một sự kiện bị sửa, bớt, thêm hay đổi chỗ.

Mỗi mắt xích chứa giá trị băm của mắt xích trước, nên chuỗi đứt từ đúng chỗ bị động tới.
Phần cuối bị cắt chỉ lộ ra khi so với đầu chuỗi cất ở nơi khác (`vanthu register head`,
`vanthu archive verify --dau-chuoi TỆP`).

Lấy lại sổ từ bản sao lưu, hoặc lập lại từ các hồ sơ lưu bằng `vanthu register rebuild`.",
    ),
    (
        "so-hong",
        "\
Tệp sổ đăng ký hỏng: SQLite không đọc được hết, hoặc cấu trúc của sổ đã bị thay đổi.

Ổ đĩa hỏng, máy tắt đột ngột trên ổ mạng, hay chương trình khác ghi vào tệp đều có thể gây ra.

Lấy lại sổ từ bản sao lưu, hoặc lập lại từ các hồ sơ lưu bằng `vanthu register rebuild`.",
    ),
    (
        "so-khong-khop-su-kien",
        "\
Một dòng của sổ đăng ký không nói điều mà sự kiện cuối cùng của nó ghi.

Dòng của sổ chỉ là hình chiếu của các sự kiện; chỉ chuỗi sự kiện là gốc.

Lập lại sổ từ các hồ sơ lưu bằng `vanthu register rebuild`.",
    ),
    (
        "so-sai-tim-kiem",
        "\
Phần tìm kiếm của sổ đăng ký không khớp với các dòng của sổ.

Số và hồ sơ lưu không bị ảnh hưởng; chỉ việc tìm có thể thiếu hoặc thừa.

Lập lại sổ từ các hồ sơ lưu bằng `vanthu register rebuild`.",
    ),
    (
        "so-trong-so",
        "\
Giữa số đầu và số cuối của một năm có số không có trong sổ đăng ký.

Sổ cấp số liền nhau, số hủy vẫn giữ dòng của nó; thiếu một số là có dòng đã bị xóa
(Nghị định 30/2020/NĐ-CP, Điều 15).

Lấy lại sổ từ bản sao lưu, hoặc lập lại từ các hồ sơ lưu bằng `vanthu register rebuild`.",
    ),
    (
        "xuat-lai-khac",
        "\
Văn bản xuất lại từ hồ sơ lưu không giống bản đã lưu.

Hồ sơ lưu giữ mọi thứ đã làm ra văn bản: hồ sơ, số liệu, lời văn, quy tắc. Cùng một bản
chương trình phải cho lại đúng từng byte; bản chương trình mới hơn phải cho đúng từng chữ.

Văn bản đã lưu vẫn là bản chính; báo cho người phụ trách chương trình biết khác biệt này.",
    ),
];
