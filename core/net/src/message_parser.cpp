#include "message_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>

namespace musubi::net {
namespace {

namespace http = boost::beast::http;
using BeastError = boost::beast::error_code;
using BeastText = boost::beast::string_view;

std::string text_of(BeastText text) { return {text.data(), text.size()}; }

/// Beast's machine with a Head and a text to write to.
class RequestReader final : public http::basic_parser<true> {
 public:
  RequestReader() {
    body_limit(boost::none);  // the route's limit is counted by who reads the body
    header_limit(~std::uint32_t{0});
  }
  Head* head = nullptr;
  std::string* body = nullptr;

 private:
  void on_request_impl(http::verb, BeastText method, BeastText target, int version, BeastError&) override {
    head->method = text_of(method);
    head->target = text_of(target);
    head->version = static_cast<unsigned>(version);
  }
  void on_response_impl(int, BeastText, int, BeastError&) override {}
  /// Fields after a chunked body are read and dropped.
  void on_field_impl(http::field, BeastText name, BeastText value, BeastError&) override {
    if (head != nullptr) head->headers.add(text_of(name), text_of(value));
  }
  void on_header_impl(BeastError&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, BeastError&) override {}
  std::size_t on_body_impl(BeastText piece, BeastError&) override {
    body->append(piece.data(), piece.size());
    return piece.size();
  }
  void on_chunk_header_impl(std::uint64_t, BeastText, BeastError&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, BeastText piece, BeastError&) override {
    body->append(piece.data(), piece.size());
    return piece.size();
  }
  void on_finish_impl(BeastError&) override {}
};

HeadProblem problem_of(const BeastError& error) {
  if (!error) return HeadProblem::none;
  if (error == http::error::bad_version) return HeadProblem::version;
  const bool framing = error == http::error::bad_content_length ||
                       error == http::error::bad_transfer_encoding ||
                       error == http::error::multiple_content_length;
  return framing ? HeadProblem::framing : HeadProblem::syntax;
}

}  // namespace

class MessageParser::Machine {
 public:
  std::optional<RequestReader> reader;
};

MessageParser::MessageParser() : machine_(std::make_unique<Machine>()) {}
MessageParser::~MessageParser() = default;

HeadProblem MessageParser::read_head(std::string_view head, Head& into) {
  auto& reader = machine_->reader.emplace();
  reader.head = &into;
  BeastError error;
  reader.put(boost::asio::buffer(head.data(), head.size()), error);
  reader.head = nullptr;
  if (error) return problem_of(error);
  if (!reader.is_header_done()) return HeadProblem::syntax;
  into.chunked = reader.chunked();
  into.keep_alive = reader.keep_alive();
  if (const auto length = reader.content_length()) into.content_length = *length;
  return HeadProblem::none;
}

MessageParser::Step MessageParser::read_body(std::string_view received, std::string& into) {
  auto& reader = *machine_->reader;
  reader.body = &into;
  reader.eager(true);
  BeastError error;
  const auto consumed = reader.put(boost::asio::buffer(received.data(), received.size()), error);
  return {consumed, error && error != http::error::need_more};
}

bool MessageParser::is_complete() const noexcept { return machine_->reader && machine_->reader->is_done(); }

}  // namespace musubi::net
