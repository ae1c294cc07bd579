# Everything comes from Debian's packages. Boost is pinned: Debian 12 also packages 1.74.
find_package(Boost 1.81 EXACT REQUIRED COMPONENTS filesystem json)
find_package(yaml-cpp REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(simdjson REQUIRED)
find_package(ICU 72 REQUIRED COMPONENTS uc i18n)
find_package(SQLite3 REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Poco REQUIRED COMPONENTS Zip NetSSL Net Foundation)
find_package(ZLIB REQUIRED)  # FHIR packages
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET libpq)  # PostgreSQL
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)  # Debian 12 packages no CMake files for it
pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core)
find_package(spdlog REQUIRED)
find_package(Threads REQUIRED)
if(MUSUBI_TESTS)
  find_package(GTest REQUIRED)
endif()
if(MUSUBI_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()
