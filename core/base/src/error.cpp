#include "musubi/base/error.h"

#include <stdexcept>
#include <vector>

#include "musubi/base/result.h"

namespace musubi::base {

struct Error::Details {
  ErrorKind kind = ErrorKind::defect;
  std::string code;
  std::string stage;
  std::string adapter;
  std::string record;
  std::string path;
  Place place;
  std::vector<MessageArgument> arguments;
  std::shared_ptr<const Error> cause;
};

Error::Error() {
  static const auto kNothing = std::make_shared<const Details>();
  details_ = kNothing;
}

Error::Error(ErrorKind kind, std::string_view code, std::initializer_list<MessageArgument> arguments) {
  auto details = std::make_shared<Details>();
  details->kind = kind;
  details->code = code;
  details->arguments.reserve(arguments.size() + 1);  // a path comes most often
  details->arguments.assign(arguments.begin(), arguments.end());
  details_ = std::move(details);
}

Error::Error(std::shared_ptr<const Details> details) : details_(std::move(details)) {}

std::shared_ptr<Error::Details> Error::changed() const& { return std::make_shared<Details>(*details_); }

std::shared_ptr<Error::Details> Error::changed() && {
  if (details_.use_count() != 1) return std::make_shared<Details>(*details_);
  return std::const_pointer_cast<Details>(std::move(details_));
}

Error Error::at(Place place) const& { return Error(*this).at(std::move(place)); }
Error Error::at(Place place) && {
  auto changing = std::move(*this).changed();
  changing->place = std::move(place);
  return Error(std::move(changing));
}

Error Error::in_stage(std::string_view stage) const {
  auto copy = changed();
  copy->stage = stage;
  return Error(std::move(copy));
}

Error Error::in_adapter(std::string_view name) const {
  auto copy = changed();
  copy->adapter = name;
  return Error(std::move(copy));
}

Error Error::of_record(std::string_view record) const {
  auto copy = changed();
  copy->record = record;
  return Error(std::move(copy));
}

Error Error::on_path(std::string_view path) const& { return Error(*this).on_path(path); }
Error Error::on_path(std::string_view path) && {
  auto changing = std::move(*this).changed();
  changing->path = path;
  return Error(std::move(changing));
}

Error Error::with(std::string_view name, std::string_view value) const& {
  return Error(*this).with(name, value);
}
Error Error::with(std::string_view name, std::string_view value) && {
  auto changing = std::move(*this).changed();
  changing->arguments.emplace_back(name, value);
  return Error(std::move(changing));
}

Error Error::because(Error cause) const {
  auto copy = changed();
  copy->cause = std::make_shared<const Error>(std::move(cause));
  return Error(std::move(copy));
}

ErrorKind Error::kind() const noexcept { return details_->kind; }
const std::string& Error::code() const noexcept { return details_->code; }
const Place& Error::place() const noexcept { return details_->place; }
const std::string& Error::stage() const noexcept { return details_->stage; }
const std::string& Error::adapter() const noexcept { return details_->adapter; }
const std::string& Error::record() const noexcept { return details_->record; }
const std::string& Error::path() const noexcept { return details_->path; }
std::span<const MessageArgument> Error::arguments() const noexcept { return details_->arguments; }
const Error* Error::cause() const noexcept { return details_->cause.get(); }

int exit_code(const Error& error) noexcept {
  switch (error.kind()) {
    case ErrorKind::usage:
      return 2;
    case ErrorKind::environment:
    case ErrorKind::unavailable:
    case ErrorKind::defect:
      return 3;
    default:
      return 1;
  }
}

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
  throw std::logic_error(error.code() + " was not handled in " + where.to_string());
}

}  // namespace musubi::base
