#include <exception>
#include <iostream>
#include <typeinfo>

#include "command_line.h"

int main(int count, char** arguments) {
  try {
    return musubi::app::run_program(count, arguments);
  } catch (const std::exception& defect) {
    std::cerr << "musubi: " << typeid(defect).name() << '\n';
    return 3;
  }
}
