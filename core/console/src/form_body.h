// A form whose files are submissions. Nothing is handed in before the whole form has arrived.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "musubi/net/form.h"
#include "submission_body.h"

namespace musubi::console {

/// Threads: as of BodySink.
class FormBody final : public net::BodySink, private net::FormVisitor {
 public:
  struct File {
    std::string name;  ///< as the sender's machine wrote it
    std::unique_ptr<SubmissionBody> body;
  };

  /// The hub must outlive it. Errors: those of FormReader::open().
  static base::Result<std::shared_ptr<FormBody>> open(std::string_view content_type, pipeline::Hub& hub);
  /// Errors: api.form_field, api.form_empty_file, those of FormReader and of SubmissionBody.
  base::Status write(std::string_view piece) noexcept override { return reader_->write(piece); }
  /// Error: net.form_not_whole.
  base::Status finish() noexcept override { return reader_->finish(); }
  /// What arrived, none of it empty. Once, after finish().
  std::vector<File> take() { return std::move(files_); }

 private:
  explicit FormBody(pipeline::Hub& hub) : hub_(hub) {}
  base::Status begin(const net::FormPart& part) override;
  base::Status bytes(std::string_view piece) override;
  base::Status end() override;

  pipeline::Hub& hub_;
  std::optional<net::FormReader> reader_;
  std::vector<File> files_;
};

}  // namespace musubi::console
