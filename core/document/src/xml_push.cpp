#include "xml_push.h"

#include <libxml/xmlerror.h>

#include <algorithm>
#include <new>

namespace musubi::document {
namespace {

using base::Error;
using base::ErrorKind;

/// What libxml2 complains of, as a message of ours. Its own text quotes the document and is not used.
std::string_view message_for(int code) {
  switch (code) {
    case XML_ERR_DOCUMENT_EMPTY:
    case XML_ERR_DOCUMENT_START:
      return "xml.no_element";
    case XML_ERR_DOCUMENT_END:
      return "xml.junk_behind_end";
    case XML_ERR_TAG_NAME_MISMATCH:
      return "xml.tag_mismatch";
    case XML_ERR_TAG_NOT_FINISHED:
      return "xml.truncated";
    case XML_ERR_UNDECLARED_ENTITY:
    case XML_WAR_UNDECLARED_ENTITY:
      return "xml.entity_refused";
    case XML_ERR_INVALID_CHAR:
    case XML_ERR_INVALID_CHARREF:
    case XML_ERR_INVALID_ENCODING:
    case XML_I18N_CONV_FAILED:
      return "xml.bad_character";
    case XML_ERR_INTERNAL_ERROR:
    case XML_ERR_NAME_TOO_LONG:
      return "xml.piece_too_long";
    case XML_ERR_ATTRIBUTE_REDEFINED:
      return "xml.duplicate_attribute";
    default:
      return "xml.malformed";
  }
}

}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view local_name) const noexcept {
  for (std::size_t index = 0; index < count_; ++index) {
    if (local(index) == local_name) return value(index);
  }
  return std::nullopt;
}

XmlPush::XmlPush(std::uint32_t depth_limit, xmlSAXHandler sax) : depth_limit_(depth_limit) {
  xmlInitParser();
  context_.reset(xmlCreatePushParserCtxt(&sax, this, nullptr, 0, nullptr));
  if (context_ == nullptr) throw std::bad_alloc();
  // With DOCTYPE refused there are no entities but the five; XML_PARSE_NOENT makes those arrive decoded.
  xmlCtxtUseOptions(context_.get(), XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_IGNORE_ENC);
}

xmlSAXHandler XmlPush::closed_sax() {
  xmlSAXHandler sax{};
  sax.initialized = XML_SAX2_MAGIC;
  sax.internalSubset = refuse_doctype;
  sax.serror = report;
  return sax;
}

void XmlPush::refuse_doctype(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
  static_cast<XmlPush*>(self)->stop(Error(ErrorKind::refused, "xml.doctype_refused"));
}

void XmlPush::report(void* self, xmlErrorPtr error) {
  if (error->level < XML_ERR_ERROR) return;
  static_cast<XmlPush*>(self)->stop(Error(ErrorKind::bad_input, message_for(error->code)));
}

bool XmlPush::enter() {
  if (stopped()) return false;
  if (++depth_ <= depth_limit_) return true;
  stop(Error(ErrorKind::limit_exceeded, "xml.too_deep", {{"limit", std::to_string(depth_limit_)}}));
  return false;
}

void XmlPush::stop(Error error) {
  if (stopped()) return;
  error_ = here(std::move(error));
  xmlStopParser(context_.get());
}

Error XmlPush::here(Error error) const {
  if (context_->input == nullptr || error.place().line != 0) return error;
  auto place = error.place();
  place.line = static_cast<std::uint64_t>(std::max(context_->input->line, 1));
  place.column = static_cast<std::uint64_t>(std::max(context_->input->col, 1));
  place.byte = position();
  return error.at(std::move(place));
}

std::uint64_t XmlPush::position() const noexcept {
  const auto& input = *context_->input;
  return input.consumed + static_cast<std::uint64_t>(input.cur - input.base);
}

std::uint64_t XmlPush::tag_begin() const noexcept {
  const auto& input = *context_->input;
  const auto* at = input.cur;
  while (at > input.base && *at != '<') --at;
  return input.consumed + static_cast<std::uint64_t>(at - input.base);
}

base::Status XmlPush::outcome(int parser_code) {
  if (parser_code != XML_ERR_OK) stop(Error(ErrorKind::bad_input, message_for(parser_code)));
  if (error_) return *error_;
  return {};
}

base::Status XmlPush::feed(std::string_view piece) {
  constexpr std::size_t kStep = 64U << 10;
  while (!piece.empty() && !stopped()) {
    const auto step = piece.substr(0, kStep);
    if (!guard_.passes(step)) return refuse_attributes();
    MUSUBI_TRY(outcome(xmlParseChunk(context_.get(), step.data(), static_cast<int>(step.size()), 0)));
    piece.remove_prefix(step.size());
  }
  return outcome(XML_ERR_OK);
}

base::Status XmlPush::refuse_attributes() {
  stop(Error(ErrorKind::limit_exceeded, "xml.too_many_attributes",
             {{"limit", std::to_string(XmlTagGuard::kMostAttributes)}}));
  return *error_;
}

base::Status XmlPush::finish() {
  auto ended = outcome(xmlParseChunk(context_.get(), "", 0, 1));
  if (ended.has_error() && !root_ended_ && error_->code() == "xml.junk_behind_end") {
    error_ = Error(ErrorKind::bad_input, "xml.truncated").at(error_->place());
    return *error_;
  }
  return ended;
}

}  // namespace musubi::document
