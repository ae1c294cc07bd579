#include "copy_stream.h"

namespace musubi::postgres_sink {
namespace {

constexpr std::size_t kSendAt = std::size_t{64} * 1024;

}  // namespace

CopyStream::~CopyStream() {
  if (begun_) connection_->abandon_copy();
}

base::Status CopyStream::begin(const std::string& sql) {
  MUSUBI_TRY(connection_->begin_copy(sql));
  begun_ = true;
  rows_.begin();
  return {};
}

base::Status CopyStream::row_done() { return rows_.bytes().size() < kSendAt ? base::Status{} : send(); }

base::Status CopyStream::send() {
  auto sent = connection_->send_copy(rows_.bytes());
  rows_.clear();
  return sent;
}

base::Status CopyStream::finish() {
  if (!begun_) return {};
  rows_.end();
  MUSUBI_TRY(send());
  begun_ = false;
  return connection_->end_copy();
}

}  // namespace musubi::postgres_sink
