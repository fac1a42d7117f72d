"""Makes the packed samples beside this file: office documents, a book, a PDF, archives. Run it here; it needs no library.

Every text is written for the tests.
"""

import gzip
import io
import pathlib
import tarfile
import zipfile

HERE = pathlib.Path(__file__).parent
STAMP = (2024, 5, 3, 7, 15, 0)


def pack(files, first=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            archive.writestr(info, text)
    return out.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx():
    def p(text, style=None):
        style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f'<w:p>{style}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'

    cell = lambda text: f"<w:tc>{p(text)}</w:tc>"
    body = "".join(
        [
            p("Lock gates to be rebuilt by autumn", "Titel"),
            p("The lock at Veld will close for eleven weeks, the water board said on Friday."),
            '<w:p><w:r><w:t>&#8220;We looked at </w:t></w:r><w:del><w:r><w:delText>nothing </w:delText></w:r></w:del>'
            '<w:ins><w:r><w:t>every hinge</w:t></w:r></w:ins><w:r><w:t>,&#8221; said Maren Holt, the '
            'board&#8217;s engineer.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
            p("What it costs", "berschrift1"),
            "<w:tbl><w:tr>" + cell("Part") + cell("Crowns") + "</w:tr><w:tr>" + cell("Gates") + cell("4,200,000")
            + "</w:tr></w:tbl>",
            '<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Skippers get</w:t></w:r><w:r><w:tab/></w:r><w:r>'
            "<w:t>a discount.</w:t></w:r></w:p>",
        ]
    )
    return pack(
        {
            "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
            "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>',
            "word/styles.xml": f'<w:styles {W}><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>'
            '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style></w:styles>',
            "word/footnotes.xml": f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0">{p("-")}</w:footnote>'
            f'<w:footnote w:id="2">{p("The report is dated 2 May.")}</w:footnote></w:footnotes>',
            "docProps/core.xml": '<cp:coreProperties xmlns:cp="x" xmlns:dc="y" xmlns:dcterms="z"><dc:title>Document1</dc:title>'
            "<dc:creator>Ines Marrow</dc:creator><dcterms:created>2024-05-03T07:15:00Z</dcterms:created>"
            "<dcterms:modified>2024-05-04T09:00:00Z</dcterms:modified></cp:coreProperties>",
        }
    )


def odt():
    body = (
        '<text:tracked-changes><text:p>struck out</text:p></text:tracked-changes>'
        '<text:p text:style-name="P1">Ferry fares frozen for a year</text:p>'
        '<text:p>Fares will stay as they are, Odile Brandt<text:s/>said on Monday.<text:note text:id="n1">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>Her office confirmed it later.</text:p>"
        "</text:note-body></text:note></text:p>"
        "<text:h>The reaction</text:h>"
        "<text:list><text:list-item><text:p>&#8220;A good day for the island,&#8221; Piet Aldous said.</text:p>"
        "</text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Cars</text:p></table:table-cell><table:table-cell>"
        "<text:p>60 crowns</text:p></table:table-cell></table:table-row></table:table>"
    )
    names = 'xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:meta="m" xmlns:dc="d"'
    return pack(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<?xml version="1.0"?><office:document-content {names}><office:automatic-styles>'
            '<style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles><office:body>'
            f"<office:text>{body}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {names}><office:meta><meta:initial-creator>Tomas Reyl</meta:initial-creator>"
            "<meta:creation-date>2024-06-10T08:00:00</meta:creation-date><dc:date>2024-06-11T08:00:00</dc:date>"
            "<dc:creator>Office Account</dc:creator></office:meta></office:document-meta>",
        },
        "mimetype",
    )


def epub():
    def chapter(title, text):
        return (
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>'
            f"<h1>{title}</h1><p>{text}</p></body></html>"
        )

    first = (
        "The harbour was dredged by hand until the winter of the long ice. “We had shovels and no sense,” Gerrit Veen "
        "said when he was asked about it, forty years later. He still lived above the chandler’s shop, and he still "
        "kept the shovel behind the door."
    )
    second = (
        "The council met eleven times that spring, and eleven times it put the matter off. Mayor Anna Tol said that no "
        "port had ever drowned from waiting. The minutes were lost in a flood, but her words were painted on the wall "
        "of the fish hall, where they can be read to this day."
    )
    return pack(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="c"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles>'
            "</container>",
            "OEBPS/book.opf": '<package xmlns="p" xmlns:dc="d"><metadata><dc:title>Mud and Ice</dc:title>'
            "<dc:creator>Ines Marrow</dc:creator><dc:publisher>Quay Press</dc:publisher><dc:date>2019-09-02</dc:date>"
            "<dc:language>en</dc:language></metadata><manifest>"
            '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
            '<item id="two" href="text/second%20part.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>'
            '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/></manifest>'
            '<spine><itemref idref="cover"/><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine>'
            "</package>",
            "OEBPS/nav.xhtml": chapter("Contents", "Shovels, The council"),
            "OEBPS/cover.xhtml": chapter("Mud and Ice", "A novel of facts"),
            "OEBPS/text/one.xhtml": chapter("Shovels", first),
            "OEBPS/text/second part.xhtml": chapter("The council", second),
        },
        "mimetype",
    )


def pdf_of(pages, info):
    objects = []
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append("<< /Type /Catalog /Pages 2 0 R >>")
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    for n, content in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream")
    objects.append(info)
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for n, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{n} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{table}\n%%EOF\n"
    ).encode()
    return out


def words(x, y, size, lines, leading=12):
    shown = " T* ".join("(" + line.replace("(", "\\(").replace(")", "\\)") + ") Tj" for line in lines)
    return f"BT /F1 {size} Tf {leading} TL {x} {y} Td {shown} ET"


def pdf():
    left = [
        "The bridge at Larnsea will be shut to lor-",
        "ries from Monday, the roads office said on",
        "Friday. Its steel is thinner than the draw-",
        "ings say, by as much as a third.",
    ]
    more = [
        "\x93Nobody was in danger,\x94 said Lise Korn, who",
        "leads the office. \x93But we will not wait until",
        "somebody is,\x94 she added. A long-term plan is",
        "due in the autumn, and the council has asked",
    ]
    right = [
        "for two reports before it. One of them is a",
        "count of lorries, the other an offer for new",
        "steel.",
    ]
    right_two = [
        "Drivers will have to go by Veld, which takes",
        "forty minutes longer on a good day, the hau-",
        "liers\x92 league said. It wants the long-",
        "term plan now.",
    ]
    head = lambda n: words(50, 815, 8, [f"Roads Office of the Bay                                Press notice"]) + "\n" + words(
        290, 30, 8, [f"Page {n} of 2"]
    )
    one = "\n".join(
        [
            head(1),
            words(50, 770, 20, ["Larnsea bridge closes to lorries"]),
            words(50, 730, 10, left),
            words(50, 672, 10, more),
            words(310, 730, 10, right),
            words(310, 684, 10, right_two),
        ]
    )
    two = "\n".join([head(2), words(50, 770, 10, ["Questions go to the press desk, which is open until six, the notice said."])])
    info = (
        "<< /Title (Microsoft Word - notice_final2.doc) /Author (Roads Office Press Desk) "
        "/CreationDate (D:20240517143000+02'00') >>"
    )
    return pdf_of([one, two], info)


def scan():
    return pdf_of(["0.9 g 50 50 400 700 re f"], "<< /Producer (scanner) >>")


def warc():
    page = (HERE / "page.html").read_bytes().replace(b'<link rel="canonical" href="https://harbourpost.example/2024/05/03/night-ferry">', b"")
    body = gzip.compress(page, mtime=0)
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:700], body[700:])) + b"0\r\n\r\n"

    def record(kind, target, payload):
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\nWARC-Date: 2024-05-04T10:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:0>\r\nContent-Length: {len(payload)}\r\n\r\n"
        )
        return head.encode() + payload + b"\r\n\r\n"

    answer = lambda kind, body, more="": f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body
    latin = (
        "<html><head><title>Café owners reject levy</title><meta property='article:published_time' content='2024-06-03'>"
        "</head><body><h1>Café owners reject levy</h1><p>“It is a tax on chairs,” Renée Aubert said on Monday, when the "
        "council voted for it.</p><p>The owners of forty cafés on the north quay will not pay it, they wrote in a letter "
        "to the mayor, who has not answered yet.</p></body></html>"
    ).encode("cp1252")
    return (
        record("warcinfo", "", b"software: by hand\r\n")
        + record("request", "https://harbourpost.example/ferry", b"GET /ferry HTTP/1.1\r\n\r\n")
        + record(
            "response",
            "https://harbourpost.example/ferry",
            answer("text/html; charset=utf-8", chunks, "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
        )
        + record("response", "https://harbourpost.example/logo.png", answer("image/png", b"\x89PNG\r\n\x1a\n"))
        + record("response", "https://harbourpost.example/gone", b"HTTP/1.1 404 Not Found\r\n\r\ngone")
        + record("response", "https://baynews.example/levy", answer("text/html; charset=windows-1252", latin))
    )


def archive():
    return {
        "pages/page.html": (HERE / "page.html").read_bytes(),
        "pages/style.css": b"p { color: red }",
        "pages/logo.gif": b"GIF89a\x01\x00",
        "../../notes.txt": (HERE / "statement.txt").read_bytes(),
    }


def tar():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        for name, data in archive().items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0)


for name, data in {
    "document.docx": docx(),
    "document.odt": odt(),
    "book.epub": epub(),
    "document.pdf": pdf(),
    "scan.pdf": scan(),
    "crawl.warc": warc(),
    "archive.zip": pack(archive()),
    "archive.tar.gz": tar(),
}.items():
    (HERE / name).write_bytes(data)
