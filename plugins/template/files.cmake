# What `musubi plugin new` copies, with "mihon" and "Mihon" replaced by the new adapter's name.
set(MUSUBI_TEMPLATE_FILES
  CMakeLists.txt
  README.md
  adapter.cpp
  file_names.cpp
  file_names.h
  mapping/positive-cases.yaml
  sample/mihon_positive_cases_2020-04-20.csv
  tests/file_names_test.cpp)
