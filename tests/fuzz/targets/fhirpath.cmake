musubi_add_fuzz_target(values USES fhirpath base)
musubi_add_fuzz_target(fhirpath USES fhir fhirpath base document)
