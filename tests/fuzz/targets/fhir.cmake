musubi_add_fuzz_target(fhir USES base document fhirpath fhir)
