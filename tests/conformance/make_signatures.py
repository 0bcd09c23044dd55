"""Signs documents with pyHanko in every way that is to be accepted, and tampers with them in every way that is not.

    make_signatures.py FOLDER

FOLDER holds `van_ban.pdf` (as the archive keeps it), `o_ky.pdf` (the same with prepared fields) and `chua_so.pdf` (the
same before it had its number). For each, `FOLDER/<stem>/<name>.them` is what a signing program appends to it, and
`FOLDER/<stem>/them/<name>.them` what follows on `mot_chu_ky.them`. The keys live as long as the script: what it wrote is
committed, and a new run writes other bytes.
"""

import asyncio
import datetime
import hashlib
import io
import shutil
import sys
import warnings
from pathlib import Path

from asn1crypto import algos, keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from PIL import Image, ImageDraw
from pyhanko import stamp
from pyhanko.pdf_utils import generic, layout
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

LEADER, AGENCY = "NguoiKy", "CoQuan"
BEGIN = datetime.datetime(2022, 1, 1, tzinfo=datetime.UTC)
END = datetime.datetime(2042, 1, 1, tzinfo=datetime.UTC)


class Identities:
    """A test authority, a leader, an agency, a stranger and a clock, made anew each time."""

    def __init__(self) -> None:
        self.authority_key = ec.generate_private_key(ec.SECP256R1())
        self.authority = self._certificate("CA thử nghiệm", "Cơ quan chứng thực thử nghiệm", self.authority_key)
        self.store = SimpleCertificateStore()
        self.store.register(_asn1(self.authority))
        self.leader = self.signer("Nguyễn Thị Lan", "Sở Nội vụ tỉnh A", ec.generate_private_key(ec.SECP256R1()))
        self.agency = self.signer("Sở Nội vụ tỉnh A", "Ủy ban nhân dân tỉnh A", rsa.generate_private_key(65537, 2048))
        self.stranger = self.signer("Người lạ", "", ec.generate_private_key(ec.SECP256R1()))
        self.clock = self.signer("Dấu thời gian thử nghiệm", "", rsa.generate_private_key(65537, 2048), clock=True)

    def root(self) -> asn1.Certificate:
        """What whoever trusts these identities trusts."""
        return _asn1(self.authority)

    def time_stamper(self) -> DummyTimeStamper:
        return DummyTimeStamper(self.clock.signing_cert, self.clock.signing_key, self.store)

    def signer(self, name: str, organisation: str, key, *, clock=False, hash_name=None, pss=False):
        """A signer with a certificate of the test authority."""
        certificate = _asn1(self._certificate(name, organisation, key, clock=clock))
        private = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        mechanism = algos.SignedDigestAlgorithm({"algorithm": hash_name}) if hash_name else None
        return signers.SimpleSigner(
            signing_cert=certificate,
            signing_key=keys.PrivateKeyInfo.load(private),
            cert_registry=self.store,
            signature_mechanism=mechanism,
            prefer_pss=pss,
        )

    def _certificate(self, name: str, organisation: str, key, *, clock=False) -> x509.Certificate:
        is_root = not hasattr(self, "authority")
        subject = _name(name, organisation)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if is_root else self.authority.subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(BEGIN)
            .not_valid_after(END)
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
            .add_extension(_usage(is_root), critical=True)
        )
        if clock:
            builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        return builder.sign(self.authority_key, hashes.SHA256())


def _name(name: str, organisation: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    parts += [x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)] if organisation else []
    return x509.Name(parts)


def _usage(is_root: bool) -> x509.KeyUsage:
    off = dict.fromkeys(
        ["key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"], False
    )
    return x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_cert_sign=is_root, crl_sign=is_root, **off
    )


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def nothing() -> stamp.BaseStampStyle:
    """No picture at all. pyHanko's own default is a text in a font that is not embedded, which PDF/A forbids."""
    return stamp.StaticStampStyle(background=None, border_width=0)


def picture(draw, width: int, height: int) -> stamp.BaseStampStyle:
    """A transparent picture that fills the field: no font, so PDF/A and PDF/UA hold."""
    image = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    draw(ImageDraw.Draw(image))
    fill = layout.SimpleBoxLayoutRule(
        x_align=layout.AxisAlignment.ALIGN_MID,
        y_align=layout.AxisAlignment.ALIGN_MID,
        margins=layout.Margins(0, 0, 0, 0),
        inner_content_scaling=layout.InnerScaling.STRETCH_TO_FIT,
    )
    return stamp.StaticStampStyle(
        background=PdfImage(image), background_layout=fill, background_opacity=1, border_width=0
    )


def handwriting() -> stamp.BaseStampStyle:
    stroke = [(10, 60), (60, 15), (90, 70), (130, 20), (150, 60), (260, 30)]
    return picture(lambda draw: draw.line(stroke, fill=(0, 0, 200, 255), width=5), 270, 80)


def seal() -> stamp.BaseStampStyle:
    return picture(lambda draw: draw.ellipse([3, 3, 177, 177], outline=(220, 0, 0, 255), width=5), 180, 180)


class HeedlessSigner(signers.PdfSigner):
    """Signs although an earlier signature forbids it."""

    def _enforce_certification_constraints(self, reader) -> None:
        pass


def sign(data: bytes, signer, field: str, *, style=None, spec=None, change=None, clock=None, **meta) -> bytes:
    """The file with one more signature. `change` alters the update before it is signed."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    if change:
        change(writer)
    settings = {"subfilter": fields.SigSeedSubFilter.PADES, **meta}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of weak digests: that they are refused is what is tested
        pdf_signer = HeedlessSigner(
            signers.PdfSignatureMetadata(field_name=field, **settings),
            signer=signer,
            stamp_style=style or nothing(),
            new_field_spec=spec,
            timestamper=clock,
        )
        return pdf_signer.sign_pdf(writer, bytes_reserved=8192 if clock else 6144).getvalue()


def time_stamp(data: bytes, who: Identities) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    stamper = signers.PdfTimeStamper(who.time_stamper(), field_name="ThoiGian")
    return stamper.timestamp_pdf(writer, "sha256", bytes_reserved=6144).getvalue()


def by_table(data: bytes, who: Identities) -> bytes:
    """As iText and PDFBox append: a cross-reference table although the file has a stream, a remark of their own."""
    reader = PdfFileReader(io.BytesIO(data))
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page, root, info = page_of(writer), reader.trailer.raw_get("/Root"), reader.trailer.raw_get("/Info")
    size = int(reader.trailer["/Size"])
    writer.root["/AcroForm"] = dictionary(Fields=generic.ArrayObject([reference(size)]), SigFlags=3)
    page.get_object()["/Annots"] = generic.ArrayObject([reference(size)])
    field = dictionary(
        Type="/Annot", Subtype="/Widget", FT="/Sig", T=generic.TextStringObject("Signature1"), F=132,
        Rect=numbers(0, 0, 0, 0), P=page, V=reference(size + 1), AP={"/N": reference(size + 2)},
    )  # fmt: skip
    look = b"<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Length %d 0 R>>\nstream\n\nendstream" % (size + 3)
    bodies = {
        root.idnum: serialised(writer.root), page.idnum: serialised(page.get_object()), size: serialised(field),
        size + 1: b"", size + 2: look, size + 3: b"0",
    }  # fmt: skip
    return by_hand(data, bodies, size + 1, root, info, reader, who)


def by_hand(data, bodies, signature, root, info, reader, who) -> bytes:
    """Objects, table, trailer, with a gap for the signature, and then the signature."""
    room = 6144
    blank = b"0000000000"
    bodies[signature] = (
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/M(D:20260312090000+07'00')"
        b"/ByteRange[0 %s %s %s]/Contents <%s>>>" % (blank, blank, blank, b"0" * room)
    )
    out, places = bytearray(data), {}
    for number, body in bodies.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(places):
        out += b"%d 1\n%010d 00000 n \n" % (number, places[number])
    id_ = serialised(reader.trailer["/ID"])
    keys = (max(places) + 1, root.idnum, info.idnum, id_, reader.last_startxref)
    out += b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID%s/Prev %d>>\n" % keys
    out += b"%%A signing program 5.5\nstartxref\n%d\n%%%%EOF\n" % start
    gap = out.index(b"/Contents <", places[signature]) + len("/Contents ")
    rest = gap + room + 2
    for value in (gap, rest, len(out) - rest):
        at = out.index(blank, places[signature])
        out[at : at + len(blank)] = b"%010d" % value
    digest = hashlib.sha256(out[:gap] + out[rest:]).digest()
    container = asyncio.run(who.leader.async_sign(digest, "sha256")).dump().hex().encode()
    out[gap + 1 : gap + 1 + len(container)] = container
    return bytes(out)


def serialised(value) -> bytes:
    out = io.BytesIO()
    value.write_to_stream(out)
    return out.getvalue()


def reference(number: int) -> generic.IndirectObject:
    return generic.IndirectObject(number, 0, None)


def change_only(data: bytes, change) -> bytes:
    """An update that nobody signs."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


# What an update may do to the document beside signing it; each takes the writer.


def page_of(writer):
    return writer.root["/Pages"]["/Kids"].raw_get(0)


def replace(writer, reference, value) -> None:
    writer.objects[(reference.generation, reference.idnum)] = value


def overlay(writer) -> None:
    """A white box with other words over the text."""
    look = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): numbers(0, 0, 200, 40),
        },
        stream_data=b"1 g 0 0 200 40 re f",
    )
    note = dictionary(
        Type="/Annot", Subtype="/Stamp", Rect=numbers(100, 600, 300, 640), F=4, AP={"/N": writer.add_object(look)}
    )
    writer.register_annotation(page_of(writer), writer.add_object(note))


def other_content(writer) -> None:
    reference = page_of(writer).get_object().raw_get("/Contents")
    replace(writer, reference, generic.StreamObject(stream_data=b"BT ET"))


def other_content_stream(writer) -> None:
    page = page_of(writer)
    page.get_object()["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.mark_update(page)


def more_content(writer) -> None:
    page = page_of(writer)
    more = writer.add_object(generic.StreamObject(stream_data=b"1 g 100 600 200 40 re f"))
    page.get_object()["/Contents"] = generic.ArrayObject([page.get_object().raw_get("/Contents"), more])
    writer.mark_update(page)


def other_fonts(writer) -> None:
    """Another font draws other letters with the same codes."""
    reference = page_of(writer).get_object().raw_get("/Resources")
    resources = reference.get_object()
    fonts = list(resources["/Font"].keys())
    resources["/Font"][fonts[0]] = resources["/Font"].raw_get(fonts[-1])
    writer.mark_update(reference)


def other_glyphs(writer) -> None:
    """Another program behind a font that stays where it is."""
    font = next(iter(page_of(writer).get_object()["/Resources"]["/Font"].values())).get_object()
    replace(writer, font.raw_get("/ToUnicode"), generic.StreamObject(stream_data=b"begincmap endcmap"))


def other_paper(writer) -> None:
    page = page_of(writer)
    page.get_object()["/MediaBox"] = numbers(0, 0, 595, 400)
    writer.mark_update(page)


def one_more_page(writer) -> None:
    tree = writer.root.raw_get("/Pages")
    page = dictionary(Type="/Page", MediaBox=numbers(0, 0, 595, 842), Parent=tree, Resources={})
    tree.get_object()["/Kids"].append(writer.add_object(page))
    tree.get_object()["/Count"] = generic.NumberObject(tree.get_object()["/Count"] + 1)
    writer.mark_update(tree)


def script(writer) -> None:
    action = dictionary(S="/JavaScript", JS=generic.TextStringObject("app.alert(1)"))
    writer.root["/OpenAction"] = writer.add_object(action)
    writer.update_root()


def page_action(writer) -> None:
    page = page_of(writer)
    page.get_object()["/AA"] = dictionary(O={"/S": pdf_name("/URI"), "/URI": generic.TextStringObject("http://a.test")})
    writer.mark_update(page)


def embedded_file(writer) -> None:
    stream = writer.add_object(generic.StreamObject({pdf_name("/Type"): pdf_name("/EmbeddedFile")}, stream_data=b"a"))
    file = writer.add_object(dictionary(Type="/Filespec", F=generic.TextStringObject("a.txt"), EF={"/F": stream}))
    names = generic.ArrayObject([generic.TextStringObject("a.txt"), file])
    writer.root["/Names"] = dictionary(EmbeddedFiles={"/Names": names})
    writer.update_root()


def text_field(writer) -> None:
    form = writer.root["/AcroForm"]
    field = dictionary(FT="/Tx", T=generic.TextStringObject("So"), V=generic.TextStringObject("999"))
    form["/Fields"].append(writer.add_object(field))
    writer.update_container(form)


def other_look(writer) -> None:
    """A signature that was made gets another picture."""
    field = writer.root["/AcroForm"]["/Fields"].raw_get(0)
    look = generic.StreamObject(
        {pdf_name("/Subtype"): pdf_name("/Form"), pdf_name("/BBox"): numbers(0, 0, 9, 9)}, stream_data=b"0 0 9 9 re f"
    )
    field.get_object()["/AP"] = dictionary(N=writer.add_object(look))
    writer.mark_update(field)


def moved_field(writer) -> None:
    field = writer.root["/AcroForm"]["/Fields"].raw_get(0)
    field.get_object()["/Rect"] = numbers(100, 600, 300, 640)
    writer.mark_update(field)


def other_words_for_the_blind(writer) -> None:
    part = writer.root["/StructTreeRoot"]["/K"]
    part = part.raw_get(0) if isinstance(part, generic.ArrayObject) else writer.root["/StructTreeRoot"].raw_get("/K")
    part.get_object()["/ActualText"] = generic.TextStringObject("Chữ khác")
    writer.mark_update(part)


def other_title(writer) -> None:
    writer.document_meta.title = "Văn bản khác"


def store(writer) -> None:
    """Validation data as PAdES B-LT has it."""
    data = writer.add_object(generic.StreamObject(stream_data=b"certificate"))
    writer.root["/DSS"] = writer.add_object(dictionary(Type="/DSS", Certs=generic.ArrayObject([data])))
    writer.update_root()


def dictionary(**keys):
    """Names from words with a slash, numbers from numbers, dictionaries from dictionaries."""
    return generic.DictionaryObject({pdf_name(f"/{key}"): value_of(value) for key, value in keys.items()})


def value_of(value):
    if isinstance(value, dict) and not isinstance(value, generic.DictionaryObject):
        return generic.DictionaryObject({pdf_name(key): value_of(inner) for key, inner in value.items()})
    if type(value) is str:
        return pdf_name(value)
    return generic.NumberObject(value) if type(value) is int else value


def numbers(*values):
    return generic.ArrayObject([generic.NumberObject(value) for value in values])


ATTACKS = {
    "chu_thich_de_len": overlay,
    "noi_dung_khac": other_content,
    "luong_noi_dung_khac": other_content_stream,
    "them_noi_dung": more_content,
    "phong_chu_khac": other_fonts,
    "bang_ma_phong_chu_khac": other_glyphs,
    "kho_giay_khac": other_paper,
    "them_trang": one_more_page,
    "ma_lenh_khi_mo": script,
    "hanh_dong_cua_trang": page_action,
    "tep_nhung": embedded_file,
    "o_chu": text_field,
    "cau_truc_khac": other_words_for_the_blind,
    "ten_van_ban_khac": other_title,
}


def signed_twice(data: bytes, who: Identities, *, pictures=False) -> bytes:
    """The leader, then the agency."""
    once = sign(data, who.leader, LEADER, style=handwriting() if pictures else None)
    return sign(once, who.agency, AGENCY, style=seal() if pictures else None)


def without_fields(data: bytes, who: Identities) -> dict[str, bytes]:
    """Everything that is done to a document that has no field."""
    once = sign(data, who.leader, LEADER)
    on_page = fields.SigFieldSpec(LEADER, on_page=0, box=(300, 200, 450, 260))
    whole_page = fields.SigFieldSpec("Che", on_page=0, box=(0, 0, 595, 842))
    made = {
        "mot_chu_ky": once,
        "hai_chu_ky": sign(once, who.agency, AGENCY),
        "chu_ky_hien": sign(data, who.leader, LEADER, spec=on_page, style=handwriting()),
        "bang_xref": by_table(data, who),
        "adbe_pkcs7": sign(data, who.leader, LEADER, subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED),
        "co_dau_thoi_gian": sign(data, who.leader, LEADER, clock=who.time_stamper()),
        "dau_thoi_gian_rieng": time_stamp(once, who),
        "du_lieu_xac_thuc": change_only(once, store),
        "chi_them_khong_ky": change_only(data, store),
        "them_sau_khi_ky": change_only(once, something_more),
        "o_ky_che_trang": sign(once, who.stranger, "Che", spec=whole_page, style=handwriting()),
        "khoa_roi_ky_them": sign(
            sign(data, who.leader, LEADER, certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES),
            who.agency,
            AGENCY,
        ),
        "chung_thuc_cho_ky_them": sign(sign(data, who.leader, LEADER, certify=True), who.agency, AGENCY),
    }
    made.update({f"thuat_toan_{name}": sign(data, signer, LEADER, **meta) for name, signer, meta in algorithms(who)})
    for name, attack in ATTACKS.items():
        made[f"sua_va_ky_{name}"] = sign(once, who.stranger, "NguoiLa", change=attack)
    made["sua_va_ky_anh_chu_ky_khac"] = sign(made["chu_ky_hien"], who.stranger, "NguoiLa", change=other_look)
    made["sua_truoc_khi_ky"] = sign(data, who.leader, LEADER, change=other_content)
    return made


def something_more(writer) -> None:
    """An object that nothing refers to, and the time of the change."""
    writer.add_object(dictionary(Type="/Nothing"))


def algorithms(who: Identities):
    """Name, signer and settings of each algorithm, those to be refused too."""
    curve, key = ec.generate_private_key, lambda bits: rsa.generate_private_key(65537, bits)
    lan = "Nguyê\u0303n Thi\u0323 Lan"  # decomposed: it is told in NFC
    yield "rsa_sha512", who.agency, {"md_algorithm": "sha512"}
    yield "rsa_pss", who.signer(lan, "", key(3072), pss=True), {}
    yield "p384_sha384", who.signer(lan, "", curve(ec.SECP384R1())), {"md_algorithm": "sha384"}
    yield "p256_sha512", who.leader, {"md_algorithm": "sha512"}
    yield "p521", who.signer(lan, "", curve(ec.SECP521R1())), {"md_algorithm": "sha512"}
    yield "rsa_1024", who.signer(lan, "", key(1024)), {}
    yield "sha1", who.agency, {"md_algorithm": "sha1", "subfilter": fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED}
    yield "md5", who.agency, {"md_algorithm": "md5", "subfilter": fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED}


def with_fields(data: bytes, who: Identities) -> dict[str, bytes]:
    """What is done to a document with prepared fields."""
    once = sign(data, who.leader, LEADER, style=handwriting())
    return {
        "hai_chu_ky": signed_twice(data, who, pictures=True),
        "hai_chu_ky_khong_anh": signed_twice(data, who),
        "nguoc_thu_tu": sign(sign(data, who.agency, AGENCY), who.leader, LEADER),
        "sua_va_ky_anh_chu_ky_khac": sign(once, who.agency, AGENCY, change=other_look),
        "sua_va_ky_doi_cho_o_ky": sign(data, who.agency, AGENCY, change=moved_field),
    }


def write(folder: Path, data: bytes, made: dict[str, bytes]) -> None:
    """What was appended to the document; in `them/`, what was appended after its first signature."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "them").mkdir(parents=True)
    once = made.get("mot_chu_ky")
    for name, signed in made.items():
        further = once and name != "mot_chu_ky" and signed.startswith(once)
        out, begin = (folder / "them", once) if further else (folder, data)
        assert signed.startswith(begin), name
        (out / f"{name}.them").write_bytes(signed[len(begin) :])


def main() -> int:
    folder, who = Path(sys.argv[1]), Identities()
    ways = {"van_ban": without_fields, "o_ky": with_fields, "chua_so": lambda d, w: {"mot_chu_ky": sign(d, w.leader, LEADER)}}
    for stem, make in ways.items():
        data = (folder / f"{stem}.pdf").read_bytes()
        write(folder / stem, data, make(data, who))
    return 0


if __name__ == "__main__":
    sys.exit(main())
