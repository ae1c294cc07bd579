musubi_add_fuzz_target(mapping USES base model document mapping)
musubi_add_fuzz_target(mapping_tests USES base model document mapping)
