"""The rules of an edited publication: values in, values out."""
