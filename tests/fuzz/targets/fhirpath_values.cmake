musubi_add_fuzz_target(values USES fhirpath base)
