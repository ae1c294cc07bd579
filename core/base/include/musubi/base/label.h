// What something is called, for people.
#pragma once

#include <string>

namespace musubi::base {

struct Label {
  std::string japanese, english;
};

}  // namespace musubi::base
