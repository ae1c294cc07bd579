musubi_add_fuzz_target(mapping USES base model document mapping)
