// Writes small workbooks in memory for tests: the XML of a sheet is given as it shall be, the rest is made
// up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "zip_writer.h"

namespace musubi::testing {

struct WorkbookSheet {
  std::string name;
  std::string rows;    ///< content of <sheetData>
  std::string behind;  ///< what follows it: <mergeCells>…
  std::string state;   ///< "hidden", "veryHidden" or empty
};

struct Workbook {
  std::vector<WorkbookSheet> sheets;
  std::string shared_strings;  ///< content of <sst>
  std::string number_formats;  ///< content of <numFmts>
  std::string cell_formats;    ///< content of <cellXfs>
  bool from_1904 = false;

  static std::string part(std::string_view root, std::string_view content) {
    constexpr std::string_view kNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    std::string text = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
    text.append("\n<").append(root).append(" xmlns=\"").append(kNamespace);
    text.append(R"(" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">)");
    return text.append(content).append("</").append(root).append(">");
  }

  std::string workbook_part() const {
    std::string listed;
    for (std::size_t index = 0; index < sheets.size(); ++index) {
      const auto number = std::to_string(index + 1);
      listed +=
          "<sheet name=\"" + sheets[index].name + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"";
      if (!sheets[index].state.empty()) listed += " state=\"" + sheets[index].state + "\"";
      listed += "/>";
    }
    const std::string properties = from_1904 ? "<workbookPr date1904=\"1\"/>" : "<workbookPr/>";
    return part("workbook", properties + "<sheets>" + listed + "</sheets>");
  }

  static std::string relationship(const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id +
           "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + type +
           "\" Target=\"" + target + "\"/>";
  }
  static std::string relationships(const std::string& content) {
    return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" +
           content + "</Relationships>";
  }

  std::string workbook_relationships() const {
    std::string all = relationship("rIdS", "sharedStrings", "sharedStrings.xml") +
                      relationship("rIdT", "styles", "/xl/styles.xml");
    for (std::size_t index = 0; index < sheets.size(); ++index) {
      const auto number = std::to_string(index + 1);
      all += relationship("rId" + number, "worksheet", "worksheets/sheet" + number + ".xml");
    }
    return relationships(all);
  }

  static std::string sheet_part(const WorkbookSheet& sheet) {
    return part("worksheet", "<sheetData>" + sheet.rows + "</sheetData>" + sheet.behind);
  }

  /// All parts, in an archive that can take more.
  ZipWriter archive() const {
    ZipWriter zip;
    zip.add("_rels/.rels", relationships(relationship("rId1", "officeDocument", "xl/workbook.xml")));
    zip.add("xl/workbook.xml", workbook_part());
    zip.add("xl/_rels/workbook.xml.rels", workbook_relationships());
    zip.add("xl/sharedStrings.xml", part("sst", shared_strings));
    zip.add("xl/styles.xml", part("styleSheet", "<numFmts>" + number_formats + "</numFmts><cellXfs>" +
                                                    cell_formats + "</cellXfs>"));
    for (std::size_t index = 0; index < sheets.size(); ++index) {
      zip.add("xl/worksheets/sheet" + std::to_string(index + 1) + ".xml", sheet_part(sheets[index]));
    }
    return zip;
  }
  std::string bytes() const { return archive().finish(); }
};

/// A cell with its text in itself; "" leaves it out.
inline std::string text_cell(const std::string& reference, const std::string& text) {
  if (text.empty()) return {};
  return "<c r=\"" + reference + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

inline std::string number_cell(const std::string& reference, const std::string& number, int style = 0) {
  return "<c r=\"" + reference + "\" s=\"" + std::to_string(style) + "\"><v>" + number + "</v></c>";
}

/// A row of texts from column A on, at most 26.
inline std::string text_row(int number, const std::vector<std::string>& texts) {
  std::string cells;
  for (std::size_t index = 0; index < texts.size(); ++index) {
    cells += text_cell(std::string(1, static_cast<char>('A' + index)) + std::to_string(number), texts[index]);
  }
  return "<row r=\"" + std::to_string(number) + "\">" + cells + "</row>";
}

}  // namespace musubi::testing
