musubi_add_fuzz_target(fhir USES base document fhirpath fhir)
musubi_add_fuzz_target(fhir_models USES fhir_models fhir fhirpath base document)
