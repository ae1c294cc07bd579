// XML without doors: no DOCTYPE, no entities but the five, no network; two encodings.
#include <gtest/gtest.h>

#include <fstream>

#include "musubi/base/messages.h"
#include "musubi/document/tree.h"
#include "xlsx_support.h"

namespace musubi::document {
namespace {

base::Result<Tree> read(std::string text, const Limits& limits = {}) {
  return read_xml(std::move(text), "文書.xml", limits);
}

std::string code_of(const std::string& text) {
  const auto tree = read(text);
  return tree.has_error() ? tree.error().code() : "";
}

TEST(XmlTree, ReadsElementsAttributesAndText) {
  const std::string text =
      "<?xml version=\"1.0\"?>\n<a xmlns=\"urn:x\" 属=\"1 &amp;&#x7d50;\">\n  <b>x<![CDATA[<&>]]>y&lt;</b>\n "
      " <p:c xmlns:p='u'/></a>";
  const auto tree = read(text).value();
  ASSERT_EQ(tree.size(), 6U);
  EXPECT_EQ(tree[0].kind, NodeKind::element);
  EXPECT_EQ(tree[0].value, "") << "blanks between elements are no text";
  EXPECT_EQ(tree[1].kind, NodeKind::attribute);
  EXPECT_EQ(tree[1].name, "xmlns");
  EXPECT_EQ(tree[1].value, "urn:x");
  EXPECT_EQ(tree[2].name, "属");
  EXPECT_EQ(tree[2].value, "1 &結");
  EXPECT_EQ(tree[3].value, "x<&>y<");
  EXPECT_EQ(tree[3].line, 3U);
  EXPECT_EQ(text.substr(tree[3].source_byte, tree[3].source_length), "<b>x<![CDATA[<&>]]>y&lt;</b>");
  EXPECT_EQ(tree[4].name, "p:c");
  EXPECT_EQ(text.substr(tree[4].source_byte, tree[4].source_length), "<p:c xmlns:p='u'/>");
  EXPECT_EQ(tree[5].name, "xmlns:p");
}

TEST(XmlTree, KeepsTextOfMixedElementsAndOfLeaves) {
  const auto tree = read("<a> 一<b> </b>二 </a>").value();
  EXPECT_EQ(tree[0].value, " 一二 ");
  EXPECT_EQ(tree[1].value, " ");
}

TEST(XmlTree, PlacesAreRightFarIntoALongDocument) {
  std::string text = "<list>";
  for (int index = 0; index < 20'000; ++index)
    text += "<item n=\"" + std::to_string(index) + "\">値" + std::to_string(index) + "</item>\n";
  text += "</list>";
  const auto tree = read(text).value();
  for (auto item = tree[0].first_child; item != kNoNode; item = tree[item].next_sibling) {
    const auto source = std::string_view(text).substr(tree[item].source_byte, tree[item].source_length);
    ASSERT_TRUE(source.starts_with("<item n=") && source.ends_with("</item>")) << source;
    ASSERT_NE(source.find(tree[item].value), source.npos);
  }
}

TEST(XmlTree, RefusesEveryDoctype) {
  EXPECT_EQ(code_of("<!DOCTYPE a><a/>"), "xml.doctype_refused");
  EXPECT_EQ(code_of("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"),
            "xml.doctype_refused");
  EXPECT_EQ(code_of("<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:1/x\"> %x;]><a/>"),
            "xml.doctype_refused");
  EXPECT_EQ(code_of("<!DOCTYPE a PUBLIC \"-//W3C//DTD XHTML 1.0//EN\" \"http://www.w3.org/x.dtd\"><a/>"),
            "xml.doctype_refused");
  std::string laughs = "<!DOCTYPE lolz [<!ENTITY lol \"lol\">";
  for (int index = 1; index < 10; ++index) {
    laughs += "<!ENTITY lol" + std::to_string(index) + " \"&lol" +
              (index == 1 ? "" : std::to_string(index - 1)) + ";\">";
  }
  EXPECT_EQ(code_of(laughs + "]><lolz>&lol9;</lolz>"), "xml.doctype_refused");
  EXPECT_EQ(read("<?xml version=\"1.0\"?>\n\n<!DOCTYPE a><a/>").error().place().line, 3U);
}

TEST(XmlTree, KnowsNoEntitiesButTheFive) {
  EXPECT_EQ(read("<a>&lt;&gt;&amp;&quot;&apos;&#65;</a>").value()[0].value, "<>&\"'A");
  EXPECT_EQ(code_of("<a>&nbsp;</a>"), "xml.entity_refused");
  EXPECT_EQ(code_of("<a b='&x;'/>"), "xml.entity_refused");
  EXPECT_EQ(code_of("<a>&#0;</a>"), "xml.bad_character");
  EXPECT_EQ(code_of("<a>&#xD800;</a>"), "xml.bad_character");
}

TEST(XmlTree, RefusesWhatIsNotXml) {
  EXPECT_EQ(code_of(""), "document.empty");
  EXPECT_EQ(code_of("a,b\n1,2\n"), "xml.no_element");
  EXPECT_EQ(code_of("<a><b></a></b>"), "xml.tag_mismatch");
  EXPECT_EQ(code_of("<a><b>"), "xml.truncated");
  EXPECT_EQ(code_of("<a"), "xml.truncated");
  EXPECT_EQ(code_of("<a/><b/>"), "xml.junk_behind_end");
  EXPECT_EQ(code_of("<a/>x"), "xml.junk_behind_end");
  EXPECT_EQ(code_of("<a b='1' b='2'/>"), "xml.duplicate_attribute");
  EXPECT_EQ(code_of("<a b=1/>"), "xml.malformed");
  EXPECT_EQ(code_of("<p:a/>"), "xml.malformed") << "a prefix that nothing declares";
  EXPECT_EQ(code_of(std::string("<a>\0</a>", 8)), "xml.bad_character");
  EXPECT_EQ(code_of("<a>\x01</a>"), "xml.bad_character");
  EXPECT_EQ(code_of("<a>\xFF</a>"), "xml.bad_character");
  EXPECT_EQ(code_of("<a>\xC0\xAF</a>"), "xml.bad_character");
}

TEST(XmlTree, TruncationIsAlwaysSeen) {
  const std::string whole =
      "<?xml version=\"1.0\"?><a b=\"c\"><!-- x --><d>e&amp;f<![CDATA[g]]></d><?pi x?></a>";
  ASSERT_EQ(code_of(whole), "");
  for (std::size_t length = 1; length < whole.size(); ++length)
    EXPECT_NE(code_of(whole.substr(0, length)), "") << length;
}

TEST(XmlTree, LimitsDepthAndSize) {
  Limits limits;
  limits.depth = 3;
  EXPECT_FALSE(read("<a><b><c/></b></a>", limits).has_error());
  EXPECT_EQ(read("<a><b><c><d/></c></b></a>", limits).error().code(), "xml.too_deep");
  std::string deep;
  for (int index = 0; index < 100'000; ++index) deep += "<a>";
  EXPECT_EQ(code_of(deep), "xml.too_deep");
  limits.bytes = 3;
  EXPECT_EQ(read("<a/>", limits).error().code(), "file.too_large");
}

std::string tag_with_attributes(int count) {
  std::string tag = "<a";
  for (int index = 0; index < count; ++index) tag += " a" + std::to_string(index) + "='=\"'";
  return tag + "/>";
}

TEST(XmlTree, LimitsAttributesOfATag) {
  EXPECT_EQ(code_of(tag_with_attributes(256)), "");
  EXPECT_EQ(code_of(tag_with_attributes(257)), "xml.too_many_attributes");
  EXPECT_EQ(code_of(tag_with_attributes(500'000)), "xml.too_many_attributes") << "and at once";
  const std::string many(1000, '=');
  EXPECT_EQ(code_of("<a>" + many + "<!-- <b " + many + " --->" + "</a>"), "xml.malformed")
      << "\"--\" in a comment";
  EXPECT_EQ(code_of("<a>" + many + "<!--><b " + many + "--><![CDATA[<b " + many + "]]]><?x <b " + many +
                    "?\x3F>" + many + "</a>"),
            "");
  EXPECT_EQ(code_of("<a><!----><![CDATA[]]><?\x3F></a>"), "xml.malformed");
  EXPECT_EQ(code_of("<a><!-- --><![CDATA[x]]><?x?>" + tag_with_attributes(257) + "</a>"),
            "xml.too_many_attributes");
  EXPECT_EQ(code_of("<a>" + std::string(200'000, 'x') + tag_with_attributes(20'000) + "</a>"),
            "xml.too_many_attributes");
}

TEST(XmlTree, ReadsShiftJisWithPlacesOfTheSource) {
  const std::string head = "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?>\n";
  std::string filler;
  for (int index = 0; index < 400; ++index) filler += "<x>\x91\xe5\x8d\xe3</x>";       // 大阪
  const std::string source = "<name at=\"\x95\x5c\">\x8c\x8b\x8f\xe9\x81\x60</name>";  // 表, 結城～
  const auto text = head + "<a>" + filler + source + "</a>";
  const auto tree = read(text).value();
  const auto name = tree.child(0, "name");
  ASSERT_NE(name, kNoNode);
  EXPECT_EQ(tree[name].value, "結城～");
  EXPECT_EQ(tree[tree.child(name, "at")].value, "表");
  EXPECT_EQ(text.substr(tree[name].source_byte, tree[name].source_length), source);
  const auto error = read(head + "<a>\x82\xa0\x82</a>").error();
  EXPECT_EQ(error.code(), "text.malformed_bytes");
  EXPECT_EQ(error.place().byte, head.size() + 5);
  EXPECT_EQ(error.place().line, 2U);
}

TEST(XmlTree, RefusesOtherEncodingsInsteadOfGuessing) {
  EXPECT_EQ(code_of("<?xml version=\"1.0\" encoding=\"EUC-JP\"?><a/>"), "xml.encoding_unsupported");
  EXPECT_EQ(code_of("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>"), "xml.encoding_unsupported");
  EXPECT_EQ(code_of(std::string("\xFF\xFE<\0a\0/\0>\0", 10)), "xml.encoding_unsupported");
  EXPECT_EQ(code_of(std::string("\0<\0a\0/\0>", 8)), "xml.encoding_unsupported");
  EXPECT_EQ(code_of("\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><a>結</a>"), "");
}

TEST(XmlTree, TellsLineAndByte) {
  const auto error = read("<a>\n<b>\n</c>\n</a>").error();
  EXPECT_EQ(error.code(), "xml.tag_mismatch");
  EXPECT_EQ(error.place().file, "文書.xml");
  EXPECT_EQ(error.place().line, 3U);
}

TEST(XmlTree, MessagesNeverHoldValues) {
  for (const auto* text :
       {"<a b=\"結城花子\"><c>結城花子</d></a>", "<結城花子>&結城花子;</結城花子>", "<a>結城花子\x01</a>"}) {
    const auto error = read(text).error();
    EXPECT_EQ(base::describe(base::Language::japanese, error).find("結城"), std::string::npos) << text;
  }
}

TEST(XmlTree, ReadsPublishedFhir) {
  const auto folder = testing::published_data();
  if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "the published files are not here: " << folder;
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    const auto name = entry.path().filename().string();
    if ((extension != ".xml" && extension != ".json") || name.starts_with("bad-json") ||
        name.starts_with("xml-bad"))
      continue;
    const auto source = ByteSource::open_file(entry.path(), name).value();
    auto bytes = read_all(*source, 1U << 30).value();
    const auto tree =
        extension == ".xml" ? read_xml(std::move(bytes), name, {}) : read_json(std::move(bytes), name, {});
    EXPECT_FALSE(tree.has_error()) << entry.path() << ": " << (tree.has_error() ? tree.error().code() : "");
    ++files;
  }
  EXPECT_GE(files, 100U);
}

/// What the two ways of reading make of a document: behind its end an instruction, which only the parser
/// reads.
void expect_read_alike(const std::string& text) {
  const auto simple = read(text), parsed = read(text + "<?x?>");
  ASSERT_EQ(simple.has_error(), parsed.has_error()) << text;
  if (simple.has_error()) return;
  ASSERT_EQ(simple->size(), parsed->size()) << text;
  for (NodeIndex index = 0; index < simple->size(); ++index) {
    const auto &ours = (*simple)[index], &theirs = (*parsed)[index];
    EXPECT_EQ(ours.kind, theirs.kind) << text;
    EXPECT_EQ(ours.name, theirs.name) << text;
    EXPECT_EQ(ours.value, theirs.value) << text;
    EXPECT_EQ(ours.parent, theirs.parent) << text;
    EXPECT_EQ(ours.source_byte, theirs.source_byte) << text;
    EXPECT_EQ(ours.source_length, theirs.source_length) << text;
    EXPECT_EQ(ours.line, theirs.line) << text;
  }
}

TEST(XmlTree, ReadsSimpleDocumentsAsTheParserDoes) {
  for (const std::string text :
       {R"(<a/>)",
        R"(<a b="1" c='2'/>)",
        "<a>\n <b/>\n</a>",
        "<a>x<b>y</b>z &amp; &#x7d50;&#10;</a>",
        R"(<a b="&lt;&quot;&#65;&#13;"/>)",
        "<a>&#13;<b/></a>",
        "<!-- one --><a><!-- two --> </a>\n<!-- three -->",
        R"(<?xml version="1.0" encoding="UTF-8"?>)"
        "\n<a xmlns=\"http://hl7.org/fhir\"><b xmlns=\"http://www.w3.org/1999/xhtml\"/></a>",
        R"(<a xsi:s="q" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="1"/>)",
        "<a>結城<b >1</b ></a >",
        "<a b=\"1\n2\"/>",
        "<a>\r\n</a>",
        R"(<a b="1" b="2"/>)",
        R"(<a b="1"c="2"/>)",
        "<a>]]></a>",
        "<a>&nbsp;</a>",
        "<a>&#0;</a>",
        "<a><b></a></b>",
        "<a>",
        "<a/><b/>",
        "<a b=1/>",
        R"(<a b="<"/>)",
        "<a>\x01</a>",
        "<a>\xFF</a>",
        "<p:a xmlns:p='u'/>",
        R"(<a xsi:s="q"/>)",
        "<a xmlns='u'/>",
        "<a><!-- -- --></a>",
        "< a/>",
        "<a",
        "</a>",
        " "})
    expect_read_alike(text);
}

}  // namespace
}  // namespace musubi::document
