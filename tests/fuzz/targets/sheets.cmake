find_package(simdjson REQUIRED)
musubi_add_fuzz_target(xlsx USES document base LIBRARIES Poco::Foundation)
musubi_add_fuzz_target(json USES document base LIBRARIES simdjson::simdjson)
musubi_add_fuzz_target(xml USES document base)
