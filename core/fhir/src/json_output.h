// JSON as it is written: commas, line breaks and indentation.
#pragma once

#include <string>
#include <string_view>

#include "musubi/document/tree.h"

namespace musubi::fhir {

class JsonOutput {
 public:
  explicit JsonOutput(bool indented) : indented_(indented) {}

  void open(char bracket);
  void close(char bracket);
  void key(std::string_view name);
  void text(std::string_view text);
  void bare(std::string_view text);
  /// As it was read from JSON.
  void tree(const document::Tree& tree, document::NodeIndex index);
  std::string take() && { return std::move(out_); }

 private:
  void branches(const document::Tree& tree, document::NodeIndex index, bool named);
  void begin_value();
  void next();
  void new_line();

  std::string out_;
  std::size_t depth_ = 0;
  bool indented_, first_ = true, after_key_ = false;
};

}  // namespace musubi::fhir
