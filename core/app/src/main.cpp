#include <exception>
#include <iostream>
#include <new>

#include "command_line.h"

namespace {

/// What nothing else caught. The text of an exception may quote data, so it is not shown.
int give_up(std::string_view code) {
  std::cerr << "musubi: "
            << musubi::base::describe(musubi::base::choose_language({}),
                                      musubi::base::Error(musubi::base::ErrorKind::defect, code))
            << '\n';
  return 3;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return musubi::app::run_program(count, arguments);
  } catch (const std::bad_alloc&) {
    return give_up("app.out_of_memory");
  } catch (const std::exception&) {
    return give_up("app.exception");
  }
}
