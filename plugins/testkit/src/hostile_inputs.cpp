#include "musubi/testkit/hostile_inputs.h"

#include <random>

namespace musubi::testkit {
namespace {

using namespace std::string_literals;

std::string repeated(const std::string& text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t count = 0; count < times; ++count) result += text;
  return result;
}

std::string random_bytes(std::size_t size) {
  std::mt19937 engine(20200420);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same bytes every time
  std::string bytes(size, '\0');
  for (auto& each : bytes) each = static_cast<char>(engine() & 0xFFU);
  return bytes;
}

const std::string kCell = kCanary;
const std::string kRow = "1,2020-04-01," + kCell + "\n";
const std::string kZip = "PK\x03\x04\x14\0\0\0\x08\0"s;

std::vector<HostileInput> foreign_files() {
  return {
      {"Empty", "empty.csv", ""},
      {"OneByte", "one.csv", "1"},
      {"ByteOrderMarkOnly", "mark.csv", "\xEF\xBB\xBF"},
      {"BlankLines", "blank.csv", repeated("\r\n", 5000)},
      {"NulBytes", "nul.csv", std::string(65536, '\0')},
      {"RandomBytes", "random.csv", random_bytes(262144)},
      {"RandomAfterZipSignature", "random.xlsx", kZip + random_bytes(65536)},
      {"ZipSignatureOnly", "cut.xlsx", kZip},
      {"EmptyZip", "empty.xlsx", "PK\x05\x06"s + std::string(18, '\0')},
      {"OldExcel", "old.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"s + std::string(4096, '\0')},
      {"Pdf", "fax.pdf", "%PDF-1.4\n" + random_bytes(4096)},
      {"Elf", "program.csv", "\x7F"s + "ELF" + random_bytes(4096)},
      {"Utf16", "wide.csv", "\xFF\xFE"s + repeated("1\0,\0"s, 100)},
  };
}

std::vector<HostileInput> damaged_tables() {
  return {
      {"RowsWithoutHeader", "rows.csv", repeated(kRow, 100)},
      {"MalformedUtf8", "bytes.csv", "番号,公表日,\xC0\xAF\xED\xA0\x80\n" + kRow},
      {"CutInACharacter", "cut.csv", "番号,公表日,氏名\n1,2020-04-01," + kCell.substr(0, kCell.size() - 1)},
      {"QuoteNeverClosed", "quote.csv", "番号,公表日,\"氏名\n" + repeated(kRow, 1000)},
      {"OneEndlessLine", "line.csv", repeated(kCell, 300000)},
      {"HundredThousandColumns", "wide.csv", repeated("列,", 100000) + "\n" + kRow},
      {"ManyShortRows", "many.csv", repeated("\n,\n", 100000)},
      {"FormulasInTheHeader", "formula.csv", "=cmd|' /C calc'!A0,+1,-1,@x\n" + kRow},
      {"DeepJson", "deep.json", std::string(100000, '[')},
      {"DuplicateJsonKeys", "twice.json", "[{\"" + kCell + "\":1,\"" + kCell + "\":2}]"},
      {"BrokenJson", "broken.json", "{\"patients\":[{\"name\":\"" + kCell + "\"},"},
      {"DoctypeXml", "entity.xml",
       "<!DOCTYPE a [<!ENTITY b \"" + kCell + "\"><!ENTITY c \"&b;&b;&b;&b;\">]><a>&c;</a>"},
      {"DeepXml", "deep.xml", repeated("<a>", 100000)},
  };
}

std::vector<HostileInput> odd_names() {
  const std::string table = "番号,公表日,氏名\n" + kRow;
  return {
      {"NameEmpty", "", table},
      {"NameOfOnlyDigits", "20209999999999999999", table},
      {"NameVeryLong", repeated("2020-04-20_", 2000) + ".csv", table},
      {"NameWithControls", "a\n\t\x01\x1B[31m.csv", table},
      {"NameClimbs", "../../etc/passwd", table},
      {"NameMalformed", "\xFF\xFE\xC0.csv", table},
  };
}

}  // namespace

std::vector<HostileInput> hostile_inputs() {
  auto all = foreign_files();
  for (auto& each : damaged_tables()) all.push_back(std::move(each));
  for (auto& each : odd_names()) all.push_back(std::move(each));
  return all;
}

}  // namespace musubi::testkit
