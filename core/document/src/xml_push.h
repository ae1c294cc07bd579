// libxml2's SAX2 parser, fed piece by piece, with the door closed: no DOCTYPE, so no entities but the five
// and no billion laughs; no network; UTF-8 only (xml_input.h decodes before). It knows where every tag lies.
#pragma once

#include <libxml/parser.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "musubi/base/result.h"
#include "xml_guard.h"

namespace musubi::document {

/// The attributes of one start tag; views are valid during the call.
class XmlAttributes {
 public:
  XmlAttributes(const xmlChar** attributes, int count)
      : attributes_(attributes), count_(static_cast<std::size_t>(count)) {}
  std::size_t size() const noexcept { return count_; }
  std::string_view local(std::size_t index) const noexcept { return text(attributes_[5 * index]); }
  std::string_view prefix(std::size_t index) const noexcept { return text(attributes_[5 * index + 1]); }
  std::string_view value(std::size_t index) const noexcept {
    const auto* begin = attributes_[5 * index + 3];
    return {reinterpret_cast<const char*>(begin),
            static_cast<std::size_t>(attributes_[5 * index + 4] - begin)};
  }
  /// The first attribute of that local name, whatever its namespace.
  std::optional<std::string_view> find(std::string_view local_name) const noexcept;

  static std::string_view text(const xmlChar* characters) noexcept {
    return characters == nullptr ? std::string_view() : reinterpret_cast<const char*>(characters);
  }

 private:
  const xmlChar** attributes_;
  std::size_t count_;
};

struct XmlTag {
  std::string_view local;
  std::string_view prefix;
  XmlAttributes attributes;
  const xmlChar** namespaces;  ///< prefix and URI in turn: what xmlns attributes declare
  std::size_t namespace_count;
};

class XmlPush;

/// A parser calls these of its Handler:
///   void start(XmlPush&, const XmlTag&);  void end(XmlPush&);  void text(XmlPush&, std::string_view);
class XmlPush {
 public:
  template <class Handler>
  XmlPush(Handler& handler, std::uint32_t depth_limit) : XmlPush(depth_limit, sax_calling<Handler>()) {
    handler_ = &handler;
  }
  XmlPush(const XmlPush&) = delete;
  XmlPush& operator=(const XmlPush&) = delete;

  /// The next piece of the document, of any length. Errors: xml.*, and whatever stop() was given; the place
  /// has line, column and byte, not the file. After an error nothing more may be fed.
  base::Status feed(std::string_view piece);
  /// Tells that the document ends here.
  base::Status finish();

  // For handlers, during a call.
  void stop(base::Error error);
  std::uint64_t tag_begin() const noexcept;  ///< in start(): offset of the tag's '<'
  std::uint64_t position() const noexcept;   ///< in end(): offset behind the element
  std::uint32_t line() const noexcept { return static_cast<std::uint32_t>(context_->input->line); }
  std::uint32_t depth() const noexcept {
    return depth_;
  }  ///< of the element started or ended; the root's is 1
  bool stopped() const noexcept { return error_.has_value(); }

 private:
  struct FreeContext {
    void operator()(xmlParserCtxtPtr context) const noexcept { xmlFreeParserCtxt(context); }
  };

  XmlPush(std::uint32_t depth_limit, xmlSAXHandler sax);

  template <class Handler>
  static xmlSAXHandler sax_calling() {
    xmlSAXHandler sax = closed_sax();
    sax.startElementNs = [](void* self, const xmlChar* local, const xmlChar* prefix, const xmlChar*,
                            int namespace_count, const xmlChar** namespaces, int count, int,
                            const xmlChar** attributes) {
      auto& push = *static_cast<XmlPush*>(self);
      if (!push.enter()) return;
      static_cast<Handler*>(push.handler_)
          ->start(push,
                  {XmlAttributes::text(local), XmlAttributes::text(prefix), XmlAttributes(attributes, count),
                   namespaces, static_cast<std::size_t>(namespace_count)});
    };
    sax.endElementNs = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
      auto& push = *static_cast<XmlPush*>(self);
      if (push.stopped()) return;
      static_cast<Handler*>(push.handler_)->end(push);
      push.leave();
    };
    sax.characters = [](void* self, const xmlChar* text, int length) {
      auto& push = *static_cast<XmlPush*>(self);
      if (push.stopped()) return;
      static_cast<Handler*>(push.handler_)
          ->text(push, {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)});
    };
    sax.cdataBlock = sax.characters;
    sax.ignorableWhitespace = sax.characters;
    return sax;
  }
  static xmlSAXHandler closed_sax();
  static void refuse_doctype(void* self, const xmlChar*, const xmlChar*, const xmlChar*);
  static void report(void* self, xmlErrorPtr error);

  bool enter();
  void leave() { root_ended_ = --depth_ == 0; }
  base::Error here(base::Error error) const;
  base::Status outcome(int parser_code);
  base::Status refuse_attributes();

  void* handler_ = nullptr;
  std::unique_ptr<xmlParserCtxt, FreeContext> context_;
  XmlTagGuard guard_;
  std::optional<base::Error> error_;
  std::uint32_t depth_ = 0;
  std::uint32_t depth_limit_;
  bool root_ended_ = false;
};

}  // namespace musubi::document
