#include "workbook.h"

#include <cstdint>

namespace musubi::testing {
namespace {

struct Member {
  std::string name, text;
};

std::uint32_t crc32(const std::string& bytes) {
  std::uint32_t crc = ~0U;
  for (const char each : bytes) {
    crc ^= static_cast<unsigned char>(each);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xEDB88320U & (0U - (crc & 1U)));
  }
  return ~crc;
}

std::string little(std::uint64_t number, int bytes) {
  std::string text;
  for (; bytes != 0; --bytes, number >>= 8) text += static_cast<char>(number & 0xFFU);
  return text;
}

/// Fields that local and central headers share: version, flags, method stored, day, checksum, sizes, name.
std::string common(const Member& member) {
  return little(20, 2) + little(0x800, 2) + little(0, 2) + little(0, 2) + little(0x5021, 2) +
         little(crc32(member.text), 4) + little(member.text.size(), 4) + little(member.text.size(), 4) +
         little(member.name.size(), 2) + little(0, 2);
}

std::string zip(const std::vector<Member>& members) {
  std::string bytes, directory;
  for (const auto& member : members) {
    directory +=
        "PK\x01\x02" + little(20, 2) + common(member) + little(0, 10) + little(bytes.size(), 4) + member.name;
    bytes += "PK\x03\x04" + common(member) + member.name + member.text;
  }
  const auto end = "PK\x05\x06" + little(0, 4) + little(members.size(), 2) + little(members.size(), 2) +
                   little(directory.size(), 4) + little(bytes.size(), 4) + little(0, 2);
  return bytes + directory + end;
}

std::string cell_xml(const WorkbookCell& cell, const std::string& place) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + *text + "</t></is></c>";
  }
  if (const auto* number = std::get_if<int>(&cell))
    return "<c r=\"" + place + "\"><v>" + std::to_string(*number) + "</v></c>";
  if (const auto* day = std::get_if<Serial>(&cell))
    return "<c r=\"" + place + "\" s=\"1\"><v>" + std::to_string(day->day) + "</v></c>";
  return "";
}

std::string sheet_xml(const WorkbookSheet& sheet) {
  std::string xml =
      "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";
  for (std::size_t row = 0; row < sheet.rows.size(); ++row) {
    const auto number = std::to_string(row + 1);
    xml += "<row r=\"" + number + "\">";
    for (std::size_t column = 0; column < sheet.rows[row].size(); ++column) {
      xml += cell_xml(sheet.rows[row][column], std::string(1, static_cast<char>('A' + column)) + number);
    }
    xml += "</row>";
  }
  return xml + "</sheetData></worksheet>";
}

}  // namespace

std::string workbook(const std::vector<WorkbookSheet>& sheets) {
  const std::string start = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
  const std::string types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const std::string package = "http://schemas.openxmlformats.org/package/2006/";
  const std::string spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const std::string kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  std::string list, relations, parts;
  std::vector<Member> members;
  for (std::size_t index = 1; index <= sheets.size(); ++index) {
    const auto number = std::to_string(index);
    list += "<sheet name=\"" + sheets[index - 1].name + "\" sheetId=\"" + number + "\" r:id=\"r" + number +
            "\"/>";
    relations += "<Relationship Id=\"r" + number + "\" Type=\"" + types +
                 "/worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>";
    parts += "<Override PartName=\"/xl/worksheets/sheet" + number + ".xml\" ContentType=\"" + kind +
             "worksheet+xml\"/>";
    members.push_back({"xl/worksheets/sheet" + number + ".xml", start + sheet_xml(sheets[index - 1])});
  }
  members.insert(
      members.begin(),
      {{"[Content_Types].xml", start + "<Types xmlns=\"" + package +
                                   "content-types\"><Default Extension=\"rels\" "
                                   "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/"
                                   "><Override PartName=\"/xl/workbook.xml\" ContentType=\"" +
                                   kind +
                                   "sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"" +
                                   kind + "styles+xml\"/>" + parts + "</Types>"},
       {"_rels/.rels", start + "<Relationships xmlns=\"" + package +
                           "relationships\"><Relationship Id=\"r1\" Type=\"" + types +
                           "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
       {"xl/workbook.xml", start + "<workbook xmlns=\"" + spreadsheet + "\" xmlns:r=\"" + types +
                               "\"><sheets>" + list + "</sheets></workbook>"},
       {"xl/_rels/workbook.xml.rels", start + "<Relationships xmlns=\"" + package + "relationships\">" +
                                          relations + "<Relationship Id=\"s\" Type=\"" + types +
                                          "/styles\" Target=\"styles.xml\"/></Relationships>"},
       {"xl/styles.xml", start + "<styleSheet xmlns=\"" + spreadsheet +
                             "\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" "
                             "applyNumberFormat=\"1\"/></cellXfs></styleSheet>"}});
  return zip(members);
}

}  // namespace musubi::testing
