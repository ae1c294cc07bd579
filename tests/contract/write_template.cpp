// musubi_write_template NAME FOLDER: what `musubi plugin new` does, without the rest of the program.
#include <iostream>

#include "musubi/base/messages.h"
#include "musubi/plugin_host/plugin_host.h"

int main(int count, char** arguments) {
  if (count != 3) return 2;
  const auto written = musubi::plugin_host::write_template(arguments[1], arguments[2]);
  if (written.has_value()) return 0;
  std::cerr << musubi::base::describe(musubi::base::Language::english, written.error()) << '\n';
  return 1;
}
