musubi_add_fuzz_target(fhir USES base document fhirpath fhir)
musubi_add_fuzz_target(fhir_package USES base document fhirpath fhir)
target_include_directories(fhir_package_fuzz PRIVATE ${PROJECT_SOURCE_DIR}/core/fhir/src)
musubi_add_fuzz_target(fhir_models USES fhir_models fhir fhirpath base document)
