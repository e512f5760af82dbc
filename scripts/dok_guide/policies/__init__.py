"""The settings of operators as ValidatingAdmissionPolicies.

What a setting says of a resource stays what it is: match conditions, variables and validations are
taken over. Added are the message with the value, the ratchet and the bindings.
"""
